import Events

/// A turn as the log has it: what was posted, and what came of it, byte for byte.
public struct RecordedTurn: Equatable, Sendable {
    /// Bytes, and when they came or left, µs since 1970.
    public struct Part: Equatable, Sendable {
        /// The bytes as recorded.
        public var bytes: [UInt8]
        /// When.
        public var at: Int64
    }

    /// How the answer ended.
    public struct Ending: Equatable, Sendable {
        /// What the end was.
        public enum Way: Equatable, Sendable {
            /// The answer was over.
            case ended(StreamEnd)
            /// It failed; with what is known of it.
            case failed(RequestFailure, known: [UInt8])
        }

        /// What it was.
        public var way: Way
        /// When, µs since 1970.
        public var at: Int64
    }

    /// The connection.
    public var connection: Int64
    /// Ordinal of the request.
    public var ordinal: Int64
    /// Position of the request.
    public var position: Int64
    /// The body that was posted, and when.
    public var request: Part
    /// The head of the answer; nil: none came.
    public var head: Part?
    /// The SSE blocks; the last one may be unterminated.
    public var blocks: [Part] = []
    /// Nil: the log has no end of it.
    public var ending: Ending?

    /// A turn of which only the request is known.
    public init(connection: Int64, ordinal: Int64, position: Int64, request: Part) {
        self.connection = connection
        self.ordinal = ordinal
        self.position = position
        self.request = request
    }

    /// Whether no connection to the agent was made, as far as the record tells.
    public var hadNoConnection: Bool {
        guard case .failed(let failure, _) = ending?.way, head == nil else { return false }
        switch failure {
        case .resolveFailed, .connectFailed, .connectTimeout: return true
        default: return false
        }
    }
}
