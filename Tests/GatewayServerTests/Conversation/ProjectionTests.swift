import AgentSimulator
import EventStore
import Foundation
import Postmortem
import Projections
import Testing

/// The projections that a gateway keeps beside its log.
struct ProjectionTests {
    /// What was sealed before a start is taken in at the start.
    @Test func aGatewayKeepsProjections() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) {
            $0.logSegmentBytes = 1
        } _: { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            _ = try ide.answer()
            try ide.close()
            _ = try ide.nextClose()
            gateway.stop()
            try gateway.start()
            let folder = gateway.settings.logDir
            let path = "\(folder)/\(Projector.fileName)"
            _ = try wait(for: path) { FileManager.default.fileExists(atPath: path) ? true : nil }
            let log = try LogReader(folder: folder)
            let found = try ConnectionDirectory(folder: folder, log: log).answering(to: "new_1")
            #expect(found.map(\.connection) == [1])
            #expect(found.first?.turns == 1)
            #expect(found.first?.sessionID != nil)
        }
    }
}
