/// What a connection does, one after the other, to answer a request. After the last step it waits
/// for the next request.
public enum AnswerStep: Equatable, Sendable {
    /// Sends bytes.
    case send([UInt8])
    /// Sends what came before and waits, in microseconds.
    case pause(Int64)
    /// Sends bytes again and again, so many microseconds apart, until the client leaves.
    case sendForever([UInt8], every: Int64)
    /// Does nothing more until the client leaves.
    case stall
    /// Closes when everything has been sent.
    case close
    /// Resets the connection when everything has been sent.
    case reset
}
