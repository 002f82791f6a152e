/// Of all ids of a log, the few that look most like one that is not there. Keeps no more than those.
public struct NearestIDs: Sendable {
    /// An id that may have been meant.
    public struct Match: Equatable, Sendable {
        /// The id.
        public var id: String
        /// The newest connections that have it, the newest first; not more than three.
        public var connections: [Int64]
        /// How far it is from what was looked for.
        var distance: Int
    }

    /// How many are kept.
    public static let limit = 5
    private static let connectionLimit = 3
    /// A shorter text is within too many ids.
    private static let shortestPart = 3
    /// Longer ids are not compared letter by letter.
    private static let longest = 256

    /// The nearest first; of those equally near, the newest first.
    public private(set) var matches: [Match] = []
    /// The numbers of all connections that were seen; nil: there was none.
    public private(set) var connections: ClosedRange<Int64>?

    private let wanted: [UInt8]
    private let mistakes: Int

    /// For an id that nobody has.
    public init(to id: String) {
        wanted = Array(id.utf8).map(Self.lowercased)
        mistakes = min(8, max(1, wanted.count / 3))
    }

    /// Takes an id of a connection.
    public mutating func take(_ id: String, of connection: Int64) {
        let seen = connections ?? connection...connection
        connections = min(seen.lowerBound, connection)...max(seen.upperBound, connection)
        if let index = matches.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) {
            guard !matches[index].connections.contains(connection) else { return }
            matches[index].connections.append(connection)
            matches[index].connections.sort(by: >)
            if matches[index].connections.count > Self.connectionLimit {
                matches[index].connections.removeLast()
            }
        } else if let distance = distance(to: id) {
            matches.append(Match(id: id, connections: [connection], distance: distance))
        } else {
            return
        }
        matches.sort(by: Self.isNearer)
        if matches.count > Self.limit { matches.removeLast() }
    }

    private static func isNearer(_ one: Match, _ other: Match) -> Bool {
        if one.distance != other.distance { return one.distance < other.distance }
        return one.connections.first ?? 0 > other.connections.first ?? 0
    }

    /// Nil: it does not look like it at all.
    private func distance(to id: String) -> Int? {
        let other = Array(id.utf8).map(Self.lowercased)
        if other == wanted { return 0 }
        let (short, long) = wanted.count < other.count ? (wanted, other) : (other, wanted)
        if short.count >= Self.shortestPart, ByteSearch(short).isIn(long.span) { return 1 }
        // The distance is at least the difference of the lengths.
        guard long.count <= Self.longest, long.count - short.count <= mistakes else { return nil }
        return edits(from: short, to: long).map { $0 + 1 }
    }

    /// How many bytes are to be changed, added or removed (Levenshtein); nil: more than are allowed.
    private func edits(from one: [UInt8], to other: [UInt8]) -> Int? {
        var row = Array(0...other.count)
        for (index, byte) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in other.indices {
                let changed = diagonal + (byte == other[place] ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(changed, diagonal + 1, row[place] + 1)
            }
            if row.min() ?? 0 > mistakes { return nil }
        }
        return row[other.count] <= mistakes ? row[other.count] : nil
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
