/// Remembers that ids were there, in little and always the same memory: what it has never seen it may
/// take for known, but what it has seen it knows (a Bloom filter).
struct IDFilter: Sendable {
    /// Bits that each id sets.
    private static let marks = 4
    /// A power of two. With a million connections one id in some hundreds is wrongly taken for known.
    private static let bits: UInt64 = 1 << 25

    private var words = [UInt64](repeating: 0, count: Int(bits / 64))

    /// Adds an id.
    mutating func insert(_ id: String) {
        Self.forEachMark(of: id) { word, bit in words[word] |= bit }
    }

    /// Whether an id may have been added; false: it was not.
    func mayContain(_ id: String) -> Bool {
        var isThere = true
        Self.forEachMark(of: id) { word, bit in
            if words[word] & bit == 0 { isThere = false }
        }
        return isThere
    }

    /// Ids are told apart by their bytes, not by how they look.
    private static func forEachMark(of id: String, _ body: (_ word: Int, _ bit: UInt64) -> Void) {
        var hasher = Hasher()
        for byte in id.utf8 { hasher.combine(byte) }
        let hash = UInt64(bitPattern: Int64(hasher.finalize()))
        // Two halves make as many places as are needed (Kirsch and Mitzenmacher).
        let (start, step) = (hash & 0xFFFF_FFFF, hash >> 32 | 1)
        for mark in 0..<UInt64(marks) {
            let place = (start &+ mark &* step) & (bits - 1)
            body(Int(place / 64), 1 << (place % 64))
        }
    }
}
