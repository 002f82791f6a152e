import BlockingWebSocket
import Foundation
import Glibc
import Testing
import Wire

@testable import GatewayServer

/// A process without free descriptors; one of its own, for the others need theirs.
struct DescriptorTests {
    @Test func withoutDescriptorsOnlyNewConnectionsSuffer() async throws {
        let folder = RESTGateway.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            leaveDescriptors(256)
            let gateway = try RESTGateway(folder: folder)
            let url = try WebSocketURL("ws://127.0.0.1:\(gateway.server.port)/ws/new_1")
            let socket = try BlockingWebSocket(connectingTo: url)
            try socket.converse()
            var taken = try takeDescriptors(beside: folder + "/log")
            // A caller takes the only free one: there is none for the other end.
            close(taken.removeLast())
            for _ in 0..<3 {
                guard try gateway.caller().isClosed() else { exit(2) }
            }
            try socket.converse()
            for descriptor in taken { close(descriptor) }
            guard try gateway.call("GET", "/health").status == 200 else { exit(3) }
            gateway.server.stop()
            exit(0)
        }
        #expect(try RESTGateway.findings(of: folder) == [])
    }

    @Test func withoutDescriptorsARequestWaitsForTheConnectionOfAnother() async {
        await #expect(processExitsWith: .success) {
            leaveDescriptors(256)
            let agent = try ManualAgent()
            try withGateway(agent: agent.url, { $0.loops = 1 }) { gateway in
                let first = try gateway.connect("first")
                let second = try gateway.connect("second")
                try first.say("Hello")
                let request = try agent.nextRequest()
                let taken = try takeDescriptors(beside: gateway.settings.logDir)
                try second.say("Hello")
                // The pong comes when the message before it has been seen to.
                try second.ping([])
                guard case .pong = try second.receive() else { exit(2) }
                request.answer(AgentSays.token("a", isFinal: true))
                guard try first.answer().count == 1 else { exit(3) }
                try agent.nextRequest().answer(AgentSays.token("b", isFinal: true))
                guard try second.answer() == [AgentSays.token("b", isFinal: true)] else { exit(4) }
                for descriptor in taken { close(descriptor) }
            }
            exit(agent.acceptedConnections == 1 ? 0 : 5)
        }
    }
}

extension BlockingWebSocket {
    /// Says something and waits for the end of the answer.
    fileprivate func converse() throws {
        try send(#"{"type":"user_message","role":"user","content":"hi"}"#)
        while true {
            guard case .text(let text) = try receive() else { exit(4) }
            if text.contains(#""is_final":true"#) { return }
        }
    }
}

/// Takes all that are free, when the log has its next segment at hand and needs none for it.
private func takeDescriptors(beside log: String) throws -> [Int32] {
    _ = try wait(for: "the next segment") { access(log + "/next.db", F_OK) == 0 ? true : nil }
    var taken: [Int32] = []
    while case let descriptor = open("/dev/null", O_RDONLY), descriptor >= 0 {
        taken.append(descriptor)
    }
    return taken
}

/// Lets the process have so many descriptors beyond those that it was born with.
private func leaveDescriptors(_ room: Int) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    let count = rlim_t((names.compactMap { Int($0) }.max() ?? 2) + room)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = min(count, limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
