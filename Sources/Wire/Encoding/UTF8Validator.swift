/// Says as early as can be whether bytes that come in pieces are UTF-8: at the very byte after which
/// no continuation could make them so.
///
/// The rule is table 3-7 of the Unicode Standard (§3.9). The lead byte says how many bytes follow,
/// and the range of the first of these; the later ones are always 80–BF:
///
///     C2–DF: one, 80–BF          F0: three, 90–BF (no overlong forms)
///     E0: two, A0–BF             F1–F3: three, 80–BF
///     E1–EC, EE, EF: two, 80–BF  F4: three, 80–8F (up to U+10FFFF)
///     ED: two, 80–9F (no surrogates)
public struct UTF8Validator: Equatable, Sendable {
    /// How many bytes the character begun still needs.
    private var missing: UInt8 = 0
    /// The least value the next byte may have, when some are missing.
    private var least: UInt8 = 0x80
    /// The greatest value the next byte may have, when some are missing.
    private var greatest: UInt8 = 0xBF

    /// A validator at the beginning of a text.
    public init() {}

    /// Whether the text may end here: no character is half read.
    public var isComplete: Bool { missing == 0 }

    /// Takes the next bytes; false when the text cannot be UTF-8 any more. After a false the
    /// validator has no meaning.
    public mutating func accept(_ bytes: Span<UInt8>) -> Bool {
        bytes.withUnsafeBytes { accept($0) }
    }

    /// The same over bytes whose place the caller knows to be good.
    mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset < bytes.count {
            if missing == 0 {
                offset = skipASCII(bytes, offset)
                offset = skipPairs(bytes, offset)
                guard offset < bytes.count else { return true }
                guard begin(bytes[offset]) else { return false }
            } else {
                guard bytes[offset] >= least, bytes[offset] <= greatest else { return false }
                missing &-= 1
                least = 0x80
                greatest = 0xBF
            }
            offset &+= 1
        }
        return true
    }

    /// The first place from `offset` on that is not ASCII, or the end; eight bytes at a time.
    private func skipASCII(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var offset = start
        while bytes.count &- offset >= 8 {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let high = UInt64(littleEndian: word) & 0x8080_8080_8080_8080
            if high != 0 { return offset &+ high.trailingZeroBitCount / 8 }
            offset &+= 8
        }
        while offset < bytes.count, bytes[offset] < 0x80 { offset &+= 1 }
        return offset
    }

    /// Passes the whole characters of two bytes from `offset` on: they are most of a text in Cyrillic,
    /// Greek, Arabic or Hebrew, and one test a character is enough for them.
    private func skipPairs(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var offset = start
        while bytes.count &- offset >= 2 {
            guard bytes[offset] >= 0xC2, bytes[offset] <= 0xDF,
                bytes[offset &+ 1] & 0xC0 == 0x80
            else { break }
            offset &+= 2
        }
        return offset
    }

    /// Takes a byte that begins a character.
    private mutating func begin(_ lead: UInt8) -> Bool {
        switch lead {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, least) = (2, 0xA0)
        case 0xED: (missing, greatest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, least) = (3, 0x90)
        case 0xF4: (missing, greatest) = (3, 0x8F)
        case 0xF1...0xF3: missing = 3
        default: return false
        }
        return true
    }
}
