import AgentSimulator
import EventStore
import Foundation
import Postmortem
import Projections
import Testing

/// The projections that a gateway keeps beside its log.
struct ProjectionTests {
    /// The threads for it let all others go first: on a busy machine that takes its time. Seconds.
    private static let patience = 120

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
            let folder = gateway.settings.logDir
            _ = try wait(for: "a seal", within: Self.patience) {
                try LogReader(folder: folder).sealedThrough() > 0 ? true : nil
            }
            gateway.stop()
            try gateway.start()
            let path = "\(folder)/\(Projector.fileName)"
            _ = try wait(for: path, within: Self.patience) {
                FileManager.default.fileExists(atPath: path) ? true : nil
            }
            let log = try LogReader(folder: folder)
            let found = try ConnectionDirectory(folder: folder, log: log).answering(to: "new_1")
            #expect(found.map(\.connection) == [1])
            #expect(found.first?.turns == 1)
            #expect(found.first?.sessionID != nil)
        }
    }
}
