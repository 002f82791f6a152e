import Events
import IOLoop
import Session
import Wire

extension ServerLoop {
    /// Header fields that are put on record when a connection opens. None of them can hold a secret.
    private static let recordedFields = ["User-Agent", "Origin", "X-Forwarded-For", "X-Request-Id"]

    /// What `GET /health` says: whether the gateway can take a conversation.
    var health: HTTPAnswer {
        var writer = JSONObjectWriter()
        let fault = fault
        writer.add("status", fault == nil ? "healthy" : "unhealthy")
        writer.add("service", "gateway")
        writer.add("version", settings.version)
        if let fault { writer.add("reason", fault) }
        return HTTPAnswer(status: fault == nil ? 200 : 503, body: writer.bytes)
    }

    /// The answer to who wants something that cannot be had now; nil when it can.
    var refusal: HTTPAnswer? {
        fault.map { .unavailable($0) }
    }

    private var fault: String? {
        if isDraining { return "the gateway stops" }
        switch eventLog.health {
        case .writing: return nil
        case .failing(let reason, _): return "the event log cannot be written: \(reason)"
        case .closed: return "the event log is closed"
        }
    }

    /// Makes a WebSocket of the socket on which its handshake came, and for which there is a place.
    func open(
        _ socket: StreamSocket,
        head: HTTPRequestHead,
        id: String,
        authentication: String,
        handshake: HTTPResponseHead
    ) {
        let connection = IDEConnection(
            number: eventLog.makeConnectionNumber(),
            socket: socket,
            server: self,
            handshake: handshake
        )
        adopt(connection)
        socket.owner = connection
        let opened = ConnectionOpened(
            id: id,
            target: head.path,
            peer: socket.peer?.description ?? "",
            authentication: authentication,
            fields: Self.recordedFields.compactMap { name in
                head.value(of: name).map { .init(name: name.lowercased(), value: $0) }
            },
            policy: SessionPolicy(
                sessionInfo: settings.sessionInfo,
                onDisconnect: settings.onDisconnect,
                queueMessages: settings.queueMessages,
                queueBytes: settings.maxMessageBytes
            )
        )
        connection.record(.connectionOpened, opened.body.span)
        connection.startPulse()
        socket.redeliver()
    }
}
