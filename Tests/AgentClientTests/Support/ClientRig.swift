import AgentClient
import IOLoop
import Testing
import Threading
import Wire

/// A client and the server it calls on one loop: nothing has to be waited for but the loop's own turns.
final class ClientRig {
    let loop: EventLoop
    let client: AgentClient
    private let origin: HTTPBaseURL
    private let listener: Listener
    private let server: ScriptedAgent
    private var tick: LoopTimer?

    var connections: [ScriptedAgentConnection] { server.connections }
    /// The heads of all requests, over all connections.
    var requests: [HTTPRequestHead] { server.requests }

    /// - Parameters:
    ///   - host: what the client takes the server for.
    ///   - answer: called for each request that is whole, with its number from 1.
    init(
        host: String = "127.0.0.1",
        settings: AgentClientSettings = AgentClientSettings(connectTimeout: 10_000_000),
        answer: @escaping (ScriptedAgentConnection, Int) -> Void
    ) throws {
        let loop = try EventLoop()
        let server = ScriptedAgent(answer: answer)
        let any = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        listener = try Listener(on: any, loop: loop) { descriptor, peer in
            let socket = StreamSocket(adopting: descriptor, peer: peer, on: loop)
            server.connections.append(ScriptedAgentConnection(socket, agent: server))
        }
        let origin = try HTTPBaseURL("http://\(host):\(listener.address.port)")
        client = try AgentClient(origin, settings: settings, on: loop)
        self.origin = origin
        self.loop = loop
        self.server = server
    }

    /// A rig whose server answers each request with these bytes.
    convenience init(answering text: String, closes: Bool = false) throws {
        try self.init { connection, _ in
            connection.send(text)
            if closes { connection.socket.finish() }
        }
    }

    deinit { client.close() }

    /// Called for each head, before the body has come.
    func onHead(_ look: @escaping (ScriptedAgentConnection) -> Void) { server.onHead = look }

    /// Host and port.
    var authority: String { origin.authority }

    /// Nobody listens any more.
    func stopListening() { listener.close() }

    /// Sends a request.
    func send(
        _ method: String = "POST",
        body: [UInt8]? = Array("{}".utf8),
        fields: HTTPFields = [:],
        silenceLimit: Int64 = 10_000_000,
        to owner: RecordingOwner
    ) -> AgentExchange {
        client.send(request(method, body: body, fields, silenceLimit), owner: owner)
    }

    /// Sends a request whose answer is wanted as a whole.
    func ask(
        maxBytes: Int,
        finish: @escaping (WholeAnswer.Outcome) -> Void
    ) -> WholeAnswer {
        let request = request("GET", body: nil, [:], 10_000_000)
        return WholeAnswer(to: request, by: client, maxBytes: maxBytes, finish: finish)
    }

    private func request(
        _ method: String,
        body: [UInt8]?,
        _ fields: HTTPFields,
        _ silenceLimit: Int64
    ) -> AgentRequest {
        AgentRequest(
            AgentRequestHead(method, "/path", to: origin, fields: fields),
            body: method == "GET" ? nil : body,
            silenceLimit: silenceLimit
        )
    }

    /// Sends a request and turns the loop until it has an end, which is given.
    func call(
        _ method: String = "POST",
        body: [UInt8]? = Array("{}".utf8),
        fields: HTTPFields = [:],
        silenceLimit: Int64 = 10_000_000
    ) throws -> RecordingOwner {
        let owner = RecordingOwner()
        let exchange = send(
            method,
            body: body,
            fields: fields,
            silenceLimit: silenceLimit,
            to: owner
        )
        #expect(owner.end == nil, "told before send had returned")
        try turn { owner.end != nil }
        withExtendedLifetime(exchange) {}
        return owner
    }

    /// Turns the loop until it is so, or for ten seconds.
    func turn(until isSo: @escaping () -> Bool) throws {
        let end = Clock.monotonic() + 10_000_000
        let timer = LoopTimer { [weak self] in
            guard let self, let tick else { return }
            loop.arm(tick, after: 5_000)
        }
        tick = timer
        loop.arm(timer, after: 5_000)
        loop.onTurnEnd = { [loop] in
            if isSo() || Clock.monotonic() > end { loop.stop() }
        }
        if !isSo() { loop.run() }
        loop.disarm(timer)
        loop.onTurnEnd = nil
        try #require(isSo())
    }

    /// Turns the loop so many times.
    func turn(times: Int) throws {
        var left = times
        try turn {
            left -= 1
            return left < 0
        }
    }
}
