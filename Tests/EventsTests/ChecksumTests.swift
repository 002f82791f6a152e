import Testing

@testable import Events

struct ChecksumTests {
    /// Published vectors of XXH64 and, for the long path, values of its reference implementation.
    @Test(arguments: [
        ("", 0xEF46_DB37_51D8_E999 as UInt64),
        ("a", 0xD24E_C4F1_A98C_6E5B),
        ("abc", 0x44BC_2CF5_AD77_0999),
        ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ])
    func matchesThePublishedVectors(text: String, expected: UInt64) {
        #expect(xxh64(Array(text.utf8).span, seed: 0) == expected)
    }

    @Test func everyColumnAndEveryByteCounts() {
        let body = Array("data: {\"type\":\"assistant_message\",\"token\":\"x\"}\n\n".utf8)
        let header = EventHeader(.chunkReceived, connection: 7, ordinal: 3, cause: 2, at: 5)
        let original = header.checksum(over: body.span)
        let changes: [(inout EventHeader) -> Void] = [
            { $0.connection += 1 }, { $0.ordinal += 1 }, { $0.cause += 1 }, { $0.at += 1 },
            { $0.kind += 1 }, { $0.version += 1 }, { $0.detail += 1 },
            { $0.connection = .min }, { $0.ordinal = .min }, { $0.cause = .min }, { $0.at = .min },
            { $0.detail = .min }, { $0.detail = 1 << 48 },
        ]
        for change in changes {
            var changed = header
            change(&changed)
            #expect(changed.checksum(over: body.span) != original)
        }
        for index in body.indices {
            for bit in 0..<8 {
                var changed = body
                changed[index] ^= 1 << UInt8(bit)
                #expect(header.checksum(over: changed.span) != original)
            }
        }
    }
}
