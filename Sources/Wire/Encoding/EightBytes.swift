/// Eight bytes of a text looked at at once, in one machine word.
///
/// The tests give *marks*: the high bit of each byte that passes, and maybe of some above 0x7F. A
/// borrow between the bytes can set marks wrongly too, but only behind a right one. So once the bytes
/// above 0x7F are settled, by `| nonASCII` or by `& ascii`, the first mark is exact; no other is used.
struct EightBytes {
    /// The first byte of the text in the lowest bits.
    private let word: UInt64
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The eight bytes from `offset` on, all of which must be inside the text.
    @inline(__always)
    init(_ text: Span<UInt8>, at offset: Int) {
        let loaded = text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        word = UInt64(littleEndian: loaded)
    }

    /// Marks the bytes above 0x7F.
    @inline(__always)
    var nonASCII: UInt64 { word & Self.highs }

    /// Marks the bytes up to 0x7F.
    @inline(__always)
    var ascii: UInt64 { ~word & Self.highs }

    /// Marks the bytes that are `byte`, which must not be above 0x7F.
    @inline(__always)
    func equal(to byte: UInt8) -> UInt64 {
        let difference = word ^ (Self.ones &* UInt64(byte))
        return (difference &- Self.ones) & Self.highs
    }

    /// Marks the bytes below `bound`, which must not be above 0x80.
    @inline(__always)
    func below(_ bound: UInt8) -> UInt64 {
        (word &- (Self.ones &* UInt64(bound))) & Self.highs
    }

    /// Whether all are decimal digits: 3 in the upper half, and the same when 6 is added.
    @inline(__always)
    var areDigits: Bool {
        let sixes: UInt64 = 0x0606_0606_0606_0606
        let halves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        let threes: UInt64 = 0x3030_3030_3030_3030
        return word & halves == threes && (word &+ sixes) & halves == threes
    }

    /// The place, from 0, of the first byte marked; 8 when there is none.
    @inline(__always)
    static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount / 8 }
}
