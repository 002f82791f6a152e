import Wire

/// The settings that a connection's decisions depend on. They are recorded when it opens, so that the
/// decisions can be made again from the log alone.
public struct SessionPolicy: Equatable, Sendable {
    /// Whether a `session_info` that repeats the id the connection has goes to the IDE.
    public enum RepeatedSessionInfo: String, Sendable {
        /// The first goes to the IDE, repetitions do not.
        case once
        /// Every one goes to the IDE.
        case always
    }

    /// What becomes of the agent's answer when the IDE leaves.
    public enum Disconnect: String, Sendable {
        /// It is read to its end.
        case finish
        /// The request is closed.
        case cancel
    }

    /// What goes to the IDE.
    public var sessionInfo: RepeatedSessionInfo
    /// What happens when the IDE leaves in the middle of an answer.
    public var onDisconnect: Disconnect
    /// How many messages may wait for their turn.
    public var queueMessages: Int
    /// How many bytes of messages may wait for their turn, beyond the first.
    public var queueBytes: Int
    /// How many heartbeats in a row may go unanswered before the connection is closed.
    public var missedHeartbeats: Int

    /// A policy; by default that of an unconfigured gateway.
    public init(
        sessionInfo: RepeatedSessionInfo = .once,
        onDisconnect: Disconnect = .finish,
        queueMessages: Int = 16,
        queueBytes: Int = 16 << 20,
        missedHeartbeats: Int = 2
    ) {
        self.sessionInfo = sessionInfo
        self.onDisconnect = onDisconnect
        self.queueMessages = queueMessages
        self.queueBytes = queueBytes
        self.missedHeartbeats = missedHeartbeats
    }

    /// Reads it from a scanned body; what is missing has its default.
    init(_ scanner: JSONScanner, _ body: Span<UInt8>) {
        self.init()
        if let value = scanner.string("session_info", in: body) {
            sessionInfo = RepeatedSessionInfo(rawValue: value) ?? sessionInfo
        }
        if let value = scanner.string("on_disconnect", in: body) {
            onDisconnect = Disconnect(rawValue: value) ?? onDisconnect
        }
        queueMessages = scanner.integer("queue_messages", in: body).map(Int.init) ?? queueMessages
        queueBytes = scanner.integer("queue_bytes", in: body).map(Int.init) ?? queueBytes
        missedHeartbeats =
            scanner.integer("missed_heartbeats", in: body).map(Int.init) ?? missedHeartbeats
    }

    func write(to writer: inout JSONObjectWriter) {
        writer.add("session_info", sessionInfo.rawValue)
        writer.add("on_disconnect", onDisconnect.rawValue)
        writer.add("queue_messages", Int64(queueMessages))
        writer.add("queue_bytes", Int64(queueBytes))
        writer.add("missed_heartbeats", Int64(missedHeartbeats))
    }
}
