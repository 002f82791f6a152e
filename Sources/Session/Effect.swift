import Events

/// What the gateway is to do because of an event. Plain data: the gateway performs effects, a
/// replay compares them with what is recorded.
public enum Effect: Equatable, Sendable {
    /// Answer the handshake with 101.
    case accept
    /// Record ``EventKind/requestSent`` with this body, caused by the frame, and post it.
    case post(frame: Int64, body: [UInt8])
    /// Record ``EventKind/frameRejected`` with this body and send it to the IDE as a text frame.
    case reject([UInt8])
    /// Send the data of the chunk that is being decided on, without its top-level nulls.
    case forward
    /// Send this text frame.
    case send([UInt8])
    /// Send a pong with the payload of the ping that is being decided on.
    case pong
    /// Send a ping.
    case ping
    /// Record ``EventKind/framesDelivered`` when the IDE's socket has taken all frames so far: at once,
    /// or together with what else comes in a moment.
    case confirmDelivery(atOnce: Bool)
    /// Record ``EventKind/streamEnded``: the agent has said that the answer is over. What else it sends
    /// is not part of the turn.
    case endTurn(StreamEnd)
    /// Close the request that is under way and record its ``EventKind/requestFailed``.
    case cancelRequest
    /// Record ``EventKind/connectionClosed``, send a close frame and close.
    case close(ConnectionClosed, code: Int64)
    /// Write a line to the operators' log.
    case log(LogLine)
}
