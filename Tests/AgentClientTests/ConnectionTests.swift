import AgentClient
import IOLoop
import Testing
import Wire

/// How connections are made, used again and given up.
struct ConnectionTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test func aConnectionIsUsedAgain() throws {
        let rig = try ClientRig(answering: Self.answer)
        for _ in 0..<3 { #expect(try rig.call().text == "ok") }
        #expect(rig.connections.count == 1 && rig.requests.count == 3)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        answer + "more", answer + answer,
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
    ])
    func onlyOneThatIsInOrder(answer: String) throws {
        let rig = try ClientRig(answering: answer)
        for _ in 0..<2 { #expect(try rig.call().end == .completed(rest: "")) }
        #expect(rig.connections.count == 2)
        try rig.turn { rig.connections[0].end != nil }
    }

    /// What is there behind an answer harms nobody, not even an exchange that begins when the answer ends:
    /// neither bytes, nor the end of the connection, which the loop has not come to yet.
    @Test(arguments: [(answer + "more", false), (answer, true)])
    func theNextExchangeMayBeginAtTheEndOfOne(answer: String, closes: Bool) throws {
        let rig = try ClientRig(answering: answer, closes: closes)
        let first = RecordingOwner()
        let second = RecordingOwner()
        first.onCompletion = { _ = rig.send(to: second) }
        _ = rig.send(to: first)
        try rig.turn { second.end != nil }
        #expect(second.end == .completed(rest: "") && rig.connections.count == 2)
    }

    @Test func anIdleConnectionIsDropped() throws {
        let settings = AgentClientSettings(idleLimit: 10_000)
        let rig = try ClientRig(settings: settings) { connection, _ in connection.send(Self.answer)
        }
        _ = try rig.call()
        try rig.turn { rig.connections[0].end == .endOfInput }
        _ = try rig.call()
        #expect(rig.connections.count == 2)
    }

    @Test func aPOSTThatWasReadIsNotSentAgain() throws {
        let rig = try ClientRig { connection, number in
            if number == 1 { connection.send(Self.answer) } else { connection.socket.finish() }
        }
        _ = try rig.call()
        #expect(try rig.call().end == .failed(.broken("the connection was closed"), rest: ""))
        #expect(rig.requests.count == 2 && rig.connections.count == 1)
    }

    @Test func aPOSTOfWhichNothingLeftIsSentAgain() throws {
        let rig = try ClientRig(answering: Self.answer)
        _ = try rig.call()
        rig.connections[0].socket.reset()
        #expect(try rig.call().end == .completed(rest: ""))
        #expect(rig.requests.count == 2 && rig.connections.count == 2)
    }

    @Test func aGETIsSentAgainOnce() throws {
        let rig = try ClientRig { connection, number in
            if number == 2 || number > 3 { return connection.socket.finish() }
            connection.send(Self.answer)
        }
        _ = try rig.call("GET")
        #expect(try rig.call("GET").end == .completed(rest: ""))
        #expect(rig.requests.count == 3 && rig.connections.count == 2)
        let last = try rig.call("GET")
        #expect(last.end == .failed(.broken("the connection was closed"), rest: ""))
        #expect(rig.requests.count == 5 && rig.connections.count == 3)
    }

    @Test func aNameIsLookedUpAndItsAddressesTriedInTurn() throws {
        let rig = try ClientRig(host: "localhost") { connection, _ in connection.send(Self.answer) }
        #expect(try rig.call().text == "ok")
        #expect(rig.requests[0].value(of: "Host")?.hasPrefix("localhost:") == true)
    }

    @Test func anUnknownNameIsTold() throws {
        // A label has at most 63 characters (RFC 1035 §2.3.4): nobody has to be asked for this one.
        let host = String(repeating: "x", count: 64)
        let rig = try ClientRig(host: host) { _, _ in }
        guard case .failed(let failure, _) = try rig.call().end else {
            Issue.record("completed")
            return
        }
        #expect(failure.description.hasPrefix("cannot resolve \(host): "))
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func aRefusalIsTold(host: String) throws {
        let rig = try ClientRig(host: host) { _, _ in }
        rig.stopListening()
        guard case .failed(.notConnected(let place, let reason), _) = try rig.call().end else {
            Issue.record("connected")
            return
        }
        #expect(place == rig.authority && reason == "Connection refused")
    }

    @Test func whatCannotBeWrittenIsTold() throws {
        let rig = try ClientRig(answering: Self.answer)
        let refused = RecordingOwner.End.failed(.unsendable(.invalidFieldValue), rest: "")
        #expect(try rig.call(fields: ["A": "b\r\nC: d"]).end == refused)
        _ = try rig.call()
        #expect(try rig.call(fields: ["A": "b\r\nC: d"]).end == refused)
        #expect(rig.requests.count == 1)
    }
}
