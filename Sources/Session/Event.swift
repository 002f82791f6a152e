import Events

/// A recorded event as the session understands it. Bytes stay in the recorded body; an event
/// holds only what decisions need.
public enum Event: Equatable, Sendable {
    case connectionOpened(ConnectionOpened)
    /// A text or binary message of the IDE.
    case messageReceived(IncomingMessage)
    case pingReceived
    case pongReceived
    /// A close frame, with its code (1005 when it has none).
    case closeReceived(code: Int64)
    /// A message was refused; the connection stays open.
    case messageRejected
    /// The IDE broke WebSocket; the connection must be closed with the code.
    case violation(code: Int64, reason: String)
    case requestSent
    case responseStarted(status: Int64)
    case chunkReceived(ChunkReading)
    case streamEnded(StreamEnd)
    case requestFailed(RequestFailure, reason: String)
    case framesDelivered(through: Int64)
    case connectionClosed(ConnectionClosed, code: Int64)
    case heartbeatDue
    /// A kind or form that this version does not know, or an event of another stream's life.
    case unknown(kind: UInt8)
}
