import Testing

@testable import Wire

struct EncodingUTF8ValidatorTests {
    /// The edges of every row of table 3-7.
    static let good = [
        "", "00", "7F", "C2 80", "DF BF", "E0 A0 80", "E0 BF BF", "E1 80 80", "EC BF BF",
        "ED 80 80", "ED 9F BF", "EE 80 80", "EF BF BF", "F0 90 80 80", "F0 BF BF BF",
        "F1 80 80 80", "F3 BF BF BF", "F4 80 80 80", "F4 8F BF BF",
        "61 62 63 64 65 66 67 68 69 D0 9F 61 F0 9F 86 94 61 61 61 61 61 61 61 61 61",
    ]

    /// Text that is wrong, and after how many bytes that shows.
    static let bad = [
        ("80", 1), ("BF", 1), ("C0 80", 1), ("C1 BF", 1), ("F5 80 80 80", 1), ("FF", 1), ("FE", 1),
        ("E0 9F 80", 2), ("E0 80 80", 2), ("ED A0 80", 2), ("ED BF BF", 2), ("F0 8F 80 80", 2),
        ("F4 90 80 80", 2), ("C2 41", 2), ("C2 C2 80", 2), ("E1 80 41", 3), ("E1 C0 80", 2),
        ("F1 80 80 C0", 4), ("F1 80 7F 80", 3), ("61 62 63 64 65 66 67 68 69 80", 10),
        ("D0 9F D0 9F D0 9F D0 9F D0", 0), ("F0 9F 86", 0), ("E2", 0),
    ]

    @Test("Well-formed text is taken however it is split", arguments: good)
    func wellFormed(hex: String) {
        for chunks in Chunkings.all(of: [UInt8](hex: hex)) {
            var validator = UTF8Validator()
            let isGood = chunks.allSatisfy { validator.accept($0.span) }
            #expect(isGood && validator.isComplete)
        }
    }

    @Test("Ill-formed text is refused at the first byte that shows it", arguments: bad)
    func illFormed(hex: String, shownAfter: Int) {
        let bytes = [UInt8](hex: hex)
        var validator = UTF8Validator()
        for (index, byte) in bytes.enumerated() {
            let isGood = validator.accept([byte].span)
            #expect(isGood == (index + 1 != shownAfter))
            if !isGood { break }
        }
        for chunks in Chunkings.all(of: bytes) {
            var validator = UTF8Validator()
            let isGood = chunks.allSatisfy { validator.accept($0.span) }
            #expect(!(isGood && validator.isComplete))
        }
    }

    @Test("All sequences of two bytes agree with the standard library")
    func againstTheLibrary() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second]
                var validator = UTF8Validator()
                let isGood = validator.accept(bytes.span) && validator.isComplete
                #expect(isGood == (String(validating: bytes, as: UTF8.self) != nil))
            }
        }
    }

    @Test("Long words of ASCII with one other byte at every place")
    func everyPlace() {
        for place in 0..<40 {
            var bytes = [UInt8](repeating: 0x61, count: 40)
            bytes[place] = 0x80
            var validator = UTF8Validator()
            let isGood = validator.accept(bytes.span)
            #expect(!isGood)
        }
    }
}
