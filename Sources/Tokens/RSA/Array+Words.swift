/// Whole numbers without a sign as words, the lowest first.
extension [UInt64] {
    /// The number that the bytes are, big-endian, in as many words as it needs: none for 0.
    init(bigEndian bytes: Span<UInt8>) {
        self.init()
        var end = bytes.count
        while end > 0 {
            let start = Swift.max(0, end - 8)
            var word: UInt64 = 0
            for index in start..<end { word = word << 8 | UInt64(bytes[index]) }
            append(word)
            end = start
        }
        while last == 0 { removeLast() }
    }

    /// The lowest bytes of the number, as many as asked for, big-endian.
    func bigEndianBytes(count byteCount: Int) -> [UInt8] {
        (0..<byteCount).reversed().map { place in
            let word = place / 8 < count ? self[place / 8] : 0
            return UInt8(truncatingIfNeeded: word >> UInt64(place % 8 * 8))
        }
    }

    /// Whether the number is below another; both without zeros in front.
    func isBelow(_ other: [UInt64]) -> Bool {
        guard count == other.count else { return count < other.count }
        for index in indices.reversed() where self[index] != other[index] {
            return self[index] < other[index]
        }
        return false
    }
}
