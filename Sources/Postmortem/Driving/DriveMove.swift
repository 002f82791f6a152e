/// One thing that a recorded IDE did, to be done again.
public struct DriveMove: Equatable, Sendable {
    /// What it was.
    public enum Action: Equatable, Sendable {
        /// It opened a WebSocket under an id.
        case open(id: String, target: String)
        /// It sent a frame, in so many fragments.
        case send(opcode: UInt8, fragments: Int, payload: [UInt8])
        /// It sent what is no WebSocket, and was to be closed with a code. The bytes are not on record.
        case violate(code: Int64)
        /// It ended its side without a close frame.
        case finish
        /// The connection broke.
        case reset
        /// It did nothing: the gateway ended the connection by itself, or was gone.
        case awaitEnd(reason: String)
    }

    /// The recorded connection.
    public var connection: Int64
    /// Position of the event.
    public var position: Int64
    /// When, µs since 1970.
    public var at: Int64
    /// What is to be done.
    public var action: Action
    /// How many frames each connection had been sent before.
    public var seen: [Int64: Int]
    /// For how long the record goes on, µs, after the last thing that an IDE could see and before this
    /// move, with events that no IDE could see; 0: there are none. They can only be waited for.
    public var unseen: Int64
}
