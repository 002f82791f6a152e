import Testing

@testable import Postmortem

struct TimestampParsingTests {
    /// 2025-11-22T16:08:01.000123Z.
    private static let now: Int64 = 1_763_827_681_000_123
    private static let midnight: Int64 = 1_763_769_600_000_000

    @Test(
        arguments: [
            ("2025-11-22T16:08:01Z", 1_763_827_681_000_000),
            ("2025-11-22 16:08:01", 1_763_827_681_000_000),
            ("2025-11-22T16:08:01.000123Z", 1_763_827_681_000_123),
            ("2025-11-22T16:08:01.5", 1_763_827_681_500_000),
            ("2025-11-22T16:08:01.0001239999Z", 1_763_827_681_000_123),
            ("2025-11-22T16:08Z", 1_763_827_680_000_000),
            ("2025-11-22", midnight), ("1970-01-01", 0), ("0001-01-01", -62_135_596_800_000_000),
            ("2024-02-29", 1_709_164_800_000_000), ("2000-02-29", 951_782_400_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("00:00", midnight), ("16:08:01", 1_763_827_681_000_000),
            ("23:59:59.999999Z", midnight + 86_399_999_999),
            ("0s", now), ("90s", now - 90_000_000), ("15m", now - 900_000_000),
            ("24h", now - 86_400_000_000), ("7d", now - 604_800_000_000),
            ("106751991d", now - 106_751_991 * 86_400_000_000),
        ] as [(String, Int64)]
    )
    func reads(text: String, microseconds: Int64) {
        #expect(Timestamp.parse(text, now: Self.now) == microseconds)
    }

    @Test(
        arguments: [
            "", "s", "15", "-15m", "1.5h", "15 m", "15M", "9999999999s", "106751992d",
            "999999999d", "2025", "2025-11",
            "2025-13-01", "2025-00-01", "2025-02-29", "1900-02-29", "2025-11-31", "2025-11-00",
            "2025-11-22T", "2025-11-22T24:00", "2025-11-22T12:60", "2025-11-22T12:00:60",
            "2025-11-22T12:00:00.", "2025-11-22T12:00:00.x", "2025-11-22T12:00:00+01:00",
            "2025-11-22Z12:00", "2025-1-2", "12:0", "1:00", "now", "12:00:00Zx", "２025-11-22",
        ]
    )
    func refuses(text: String) {
        #expect(Timestamp.parse(text, now: Self.now) == nil)
    }

    /// What is printed can be given back.
    @Test(arguments: [0, 1, 999_999, 951_782_399_999_999, now, 4_102_444_800_000_000] as [Int64])
    func readsWhatIsPrinted(microseconds: Int64) {
        #expect(Timestamp.parse(Timestamp.iso8601(microseconds), now: 0) == microseconds)
    }

    /// The day of a time before 1970 begins before it, too.
    @Test func todayBefore1970() {
        #expect(Timestamp.parse("00:00", now: -1) == -86_400_000_000)
    }
}
