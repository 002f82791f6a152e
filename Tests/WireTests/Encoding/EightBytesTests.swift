import Testing

@testable import Wire

@Suite("Eight bytes at once")
struct EightBytesTests {
    /// Bytes next to those looked for, where a borrow or a high bit could mislead.
    static let fillers: [UInt8] = [
        0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5C, 0x7F, 0x80, 0x8A, 0x8D,
        0xA2, 0xDC, 0xFF,
    ]

    @Test("The first mark is the first byte that passes", arguments: fillers)
    func first(filler: UInt8) {
        var wrong: [[UInt8]] = []
        for other in UInt8.min...UInt8.max {
            for place in 0..<8 {
                var bytes = [UInt8](repeating: filler, count: 8)
                bytes[place] = other
                let eight = EightBytes(bytes.span, at: 0)
                let ends = eight.equal(to: 0x0A) | eight.equal(to: 0x0D)
                let lineEnd = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? 8
                if EightBytes.first(ends & eight.ascii) != lineEnd { wrong.append(bytes) }
                let marks = eight.equal(to: 0x22) | eight.below(0x20) | eight.nonASCII
                let special = bytes.firstIndex { $0 == 0x22 || $0 < 0x20 || $0 > 0x7F } ?? 8
                if EightBytes.first(marks) != special { wrong.append(bytes) }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("UTF-8 sequences are those of the standard library", arguments: UInt8(0x80)...0xFF)
    func sequences(first: UInt8) {
        var wrong: [[UInt8]] = []
        let edges: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        for second in edges {
            for third: UInt8 in [0x41, 0x7F, 0x80, 0xBF, 0xC0] {
                for fourth: UInt8 in [0x41, 0x80, 0xBF, 0xC0] {
                    let bytes = [first, second, third, fourth]
                    let length = UTF8Sequence.length(bytes.span, at: 0)
                    let expected = (2...4).first { count in
                        let scalars = String(validating: bytes[..<count], as: UTF8.self)?
                            .unicodeScalars
                        return scalars?.count == 1
                    }
                    if length != expected ?? 0 { wrong.append(bytes) }
                }
            }
        }
        #expect(wrong.isEmpty)
    }
}
