import Wire

/// Finds for each request that comes the recorded turn that it repeats. The turns of one connection come
/// in their order; those of different connections may overtake each other.
public struct TurnMatching {
    /// A request and the turn that answers it.
    public struct Match: Equatable, Sendable {
        /// Index of the turn; nil: all have been played.
        public var turn: Int?
        /// How the request differs from the recorded one, in words; nil: it does not.
        public var difference: String?
    }

    private let turns: [RecordedTurn]
    private var isPlayed: [Bool]

    /// A matching in which no turn has been played.
    public init(_ turns: [RecordedTurn]) {
        self.turns = turns
        isPlayed = turns.map { _ in false }
    }

    /// Turns that no request has asked for.
    public var left: [Int] { turns.indices.filter { !isPlayed[$0] } }

    /// Takes the next request.
    public mutating func take(_ body: [UInt8]) -> Match {
        let candidates = candidates
        let same = candidates.first { turns[$0].request.bytes == body }
        guard let index = same ?? candidates.first else {
            return Match(
                turn: nil,
                difference:
                    "the record has no further turn: ‹\(TerminalText.make(body, limit: 60))›"
            )
        }
        isPlayed[index] = true
        return Match(turn: index, difference: Self.difference(turns[index].request.bytes, body))
    }

    /// The next turn of each connection, the earliest first.
    private var candidates: [Int] {
        var seen: Set<Int64> = []
        return left.filter { seen.insert(turns[$0].connection).inserted }
    }

    private static func difference(_ recorded: [UInt8], _ found: [UInt8]) -> String? {
        guard let bytes = ByteDifference(recorded: recorded, found: found) else { return nil }
        let (was, now) = (sessionID(recorded), sessionID(found))
        guard was != now else { return "the body \(bytes.words)" }
        let words = { (id: String?) in
            id.map { "session_id \(TerminalText.make($0))" } ?? "no session_id"
        }
        return "\(words(was)) was recorded, \(words(now)) came; the body \(bytes.words)"
    }

    private static func sessionID(_ body: [UInt8]) -> String? {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body.span)) == .object else { return nil }
        return scanner.string("session_id", in: body.span)
    }
}
