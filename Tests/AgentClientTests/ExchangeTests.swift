import AgentClient
import IOLoop
import Testing
import Threading
import Wire

/// What the owner of an exchange can do about it.
struct ExchangeTests {
    private static let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func whatIsPausedIsNotRead() throws {
        let body = String(repeating: "x", count: 32 << 20)
        let rig = try ClientRig { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
        }
        let owner = RecordingOwner()
        owner.onBody = { $0.pauseReading() }
        // Longer silent than allowed, which does not count while it is paused.
        let exchange = rig.send(silenceLimit: 20_000, to: owner)
        try rig.turn { !owner.body.isEmpty }
        let count = owner.body.count
        let silence = Clock.monotonic() + 60_000
        try rig.turn { Clock.monotonic() > silence }
        #expect(owner.body.count == count && owner.end == nil)
        #expect(rig.connections[0].socket.unsentBytes > 0)
        owner.onBody = { _ in }
        exchange.resumeReading()
        try rig.turn { owner.end != nil }
        #expect(owner.end == .completed(rest: "") && owner.body.count == body.utf8.count)
    }

    @Test func afterACancellationNothingIsTold() throws {
        let rig = try ClientRig { connection, _ in connection.send(Self.head + "1\r\na\r\n") }
        let owner = RecordingOwner()
        owner.onBody = { $0.cancel() }
        _ = rig.send(to: owner)
        try rig.turn { rig.connections.first?.end != nil }
        #expect(owner.text == "a" && owner.end == nil && rig.client.exchanges == 0)
    }

    @Test func aCancellationMayComeBeforeTheConnection() throws {
        let rig = try ClientRig(host: "localhost") { _, _ in }
        let owner = RecordingOwner()
        rig.send(to: owner).cancel()
        try rig.turn(times: 20)
        #expect(owner.end == nil && rig.requests.isEmpty && rig.client.exchanges == 0)
    }

    @Test func aDetachedAnswerIsReadToItsEnd() throws {
        let rig = try ClientRig { connection, number in
            connection.send(Self.head + "1\r\na\r\n" + (number == 1 ? "" : "0\r\n\r\n"))
        }
        let owner = RecordingOwner()
        owner.onBody = { exchange in
            exchange.pauseReading()
            exchange.detach()
        }
        _ = rig.send(to: owner)
        try rig.turn { !owner.body.isEmpty }
        rig.connections[0].send("1\r\nb\r\n0\r\n\r\n")
        try rig.turn { rig.client.exchanges == 0 }
        #expect(owner.text == "a" && owner.end == nil)
        #expect(try rig.call().end == .completed(rest: ""))
        #expect(rig.connections.count == 1)
    }

    @Test func butNotForEver() throws {
        let settings = AgentClientSettings(drainTimeout: 10_000)
        let rig = try ClientRig(settings: settings) { connection, _ in
            connection.send(Self.head + "1\r\na\r\n")
        }
        let owner = RecordingOwner()
        owner.onBody = { $0.detach() }
        _ = rig.send(to: owner)
        try rig.turn { rig.connections.first?.end != nil }
        #expect(owner.end == nil && rig.client.exchanges == 0)
    }

    @Test func tooManyExchangesWaitForEachOther() throws {
        let settings = AgentClientSettings(maxExchanges: 1)
        let rig = try ClientRig(settings: settings) { _, _ in }
        let owners = (0..<3).map { _ in RecordingOwner() }
        let exchanges = owners.map { rig.send(to: $0) }
        exchanges[1].cancel()
        try rig.turn { rig.requests.count == 1 }
        try rig.turn(times: 5)
        #expect(rig.requests.count == 1 && rig.client.exchanges == 2)
        rig.connections[0].send(Self.head + "0\r\n\r\n")
        try rig.turn { rig.requests.count == 2 }
        #expect(owners[0].end == .completed(rest: ""))
        rig.connections.last?.send(Self.head + "0\r\n\r\n")
        try rig.turn { owners[2].end != nil }
        #expect(owners[2].end == .completed(rest: "") && owners[1].end == nil)
        #expect(rig.connections.count == 1)
    }

    @Test func waitingHasAnEnd() throws {
        let settings = AgentClientSettings(connectTimeout: 10_000, maxExchanges: 1)
        let rig = try ClientRig(settings: settings) { _, _ in }
        let first = RecordingOwner()
        _ = rig.send(to: first)
        try rig.turn { !rig.requests.isEmpty }
        #expect(try rig.call().end == .failed(.tooManyRequests, rest: ""))
        #expect(first.end == nil)
    }
}
