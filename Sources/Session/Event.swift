import Events

/// A recorded event as the session understands it. Bytes stay in the recorded body; an event
/// holds only what decisions need.
public enum Event: Equatable, Sendable {
    /// The IDE may have its WebSocket.
    indirect case connectionOpened(ConnectionOpened)
    /// A text or binary message of the IDE.
    case messageReceived(IncomingMessage)
    /// A ping.
    case pingReceived
    /// A pong, whether asked for or not.
    case pongReceived
    /// A close frame, with its code (1005 when it has none).
    case closeReceived(code: Int64)
    /// A message was refused; the connection stays open.
    case messageRejected
    /// The IDE broke WebSocket; the connection must be closed with the code.
    case violation(code: Int64, reason: String)
    /// A turn was posted.
    case requestSent
    /// The head of the answer came.
    case responseStarted(status: Int64)
    /// A block of the answer came.
    case chunkReceived(ChunkReading)
    /// The answer ended well.
    case streamEnded(StreamEnd)
    /// The answer ended badly.
    case requestFailed(RequestFailure, reason: String)
    /// The IDE's socket has taken all frames up to that of this event.
    case framesDelivered(through: Int64)
    /// The WebSocket is over.
    case connectionClosed(ConnectionClosed, code: Int64)
    /// The IDE has been silent for the heartbeat interval.
    case heartbeatDue
    /// A kind or form that this version does not know, or an event of another stream's life.
    case unknown(kind: UInt8)

    /// Whether a frame of the IDE brought it.
    var isFrame: Bool {
        switch self {
        case .messageReceived, .pingReceived, .pongReceived, .closeReceived, .violation: true
        default: false
        }
    }
}
