import IOLoop
import Wire

/// A server that does as it is told for each request.
final class ScriptedAgent {
    var connections: [ScriptedAgentConnection] = []
    var requests: [HTTPRequestHead] = []
    let answer: (ScriptedAgentConnection, Int) -> Void
    var onHead: (ScriptedAgentConnection) -> Void = { _ in }

    init(answer: @escaping (ScriptedAgentConnection, Int) -> Void) { self.answer = answer }
}

/// One of its connections.
final class ScriptedAgentConnection: StreamSocketOwner {
    let socket: StreamSocket
    private unowned let agent: ScriptedAgent
    private var parser = HTTPHeadParser()
    private var decoder: HTTPBodyDecoder?
    /// The bodies of all requests, joined.
    private(set) var body: [UInt8] = []
    /// How the client ended the connection.
    private(set) var end: SocketEnd?
    /// Whether what comes is thrown away.
    var isDeaf = false
    /// Called when the system has taken bytes.
    var onSent: () -> Void = {}

    init(_ socket: StreamSocket, agent: ScriptedAgent) {
        self.socket = socket
        self.agent = agent
        socket.owner = self
    }

    func send(_ text: String) { socket.write(Array(text.utf8)) }

    /// Sends each byte in a turn of its own.
    func sendSingly(_ text: String) {
        guard let first = text.utf8.first else { return }
        socket.write([first])
        socket.loop.later { [weak self] in
            self?.sendSingly(String(decoding: text.utf8.dropFirst(), as: UTF8.self))
        }
    }

    func socketConnected(_ socket: StreamSocket) {}
    func socketSent(_ socket: StreamSocket) { onSent() }
    func socket(_ socket: StreamSocket, ended end: SocketEnd) {
        self.end = end
        socket.finish()
    }

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        var offset = 0
        while offset < bytes.count, !isDeaf,
            let count = read(bytes.extracting(offset..<bytes.count))
        {
            offset += count
        }
        return isDeaf ? bytes.count : offset
    }

    private func read(_ bytes: Span<UInt8>) -> Int? {
        guard var decoder else { return readHead(bytes) }
        let count = (try? decoder.decode(bytes, into: &body)) ?? bytes.count
        self.decoder = decoder.isComplete ? nil : decoder
        if decoder.isComplete { agent.answer(self, agent.requests.count) }
        return count
    }

    private func readHead(_ bytes: Span<UInt8>) -> Int? {
        guard let (head, count) = try? parser.parseRequest(bytes) else { return nil }
        parser = HTTPHeadParser()
        agent.requests.append(head)
        agent.onHead(self)
        let decoder = try? HTTPBodyDecoder((try? head.bodyFraming()) ?? .none)
        if decoder?.isComplete == false {
            self.decoder = decoder
        } else {
            agent.answer(self, agent.requests.count)
        }
        return count
    }
}
