/// What an Agent Runtime that plays a record does next on a connection.
public enum PlaybackStep: Equatable, Sendable {
    /// Sends bytes in a write of their own.
    case send([UInt8])
    /// Sends what came before and waits, in microseconds.
    case pause(Int64)
    /// Does nothing more until the client leaves.
    case stall
    /// Closes the connection.
    case close
    /// Resets the connection.
    case reset
}
