extension Timestamp {
    /// How a moment can be written, in words.
    public static let forms =
        "a time: 2025-11-22T16:08:01Z (a fraction, or no time of day, will do), 16:08 for today,"
        + " or 90s, 15m, 24h, 7d back from now; all UTC"

    /// Reads a moment as people write it (``forms``): µs since 1970; nil when it is not one.
    ///
    /// - Parameter now: µs since 1970, what spans are counted back from and whose day a time of day is of.
    public static func parse(_ text: String, now: Int64) -> Int64? {
        let bytes = Array(text.utf8)
        return parseSpan(bytes).map { now &- $0 } ?? parseDate(bytes) ?? parseToday(bytes, now)
    }

    private static let second: Int64 = 1_000_000
    private static let day: Int64 = 86_400 * second

    /// `15m`: a whole number and a unit.
    private static func parseSpan(_ bytes: [UInt8]) -> Int64? {
        let units: [UInt8: Int64] = [
            UInt8(ascii: "s"): second, UInt8(ascii: "m"): 60 * second,
            UInt8(ascii: "h"): 3_600 * second, UInt8(ascii: "d"): day,
        ]
        guard let unit = bytes.last.flatMap({ units[$0] }) else { return nil }
        var rest = bytes.dropLast()
        guard let count = number(&rest, digits: 1...9), rest.isEmpty else { return nil }
        let (span, isTooLong) = count.multipliedReportingOverflow(by: unit)
        return isTooLong ? nil : span
    }

    /// `2025-11-22`, with `T` or a space and a time of day, with `Z` or without.
    private static func parseDate(_ bytes: [UInt8]) -> Int64? {
        var rest = bytes[...]
        guard let year = number(&rest, digits: 4...4), skip("-", &rest),
            let month = number(&rest, digits: 2...2), skip("-", &rest),
            let date = number(&rest, digits: 2...2),
            1...12 ~= month, date >= 1, date <= days(ofMonth: month, year)
        else { return nil }
        let begin = days(year, month, date) * day
        if rest.isEmpty { return begin }
        guard skip("T", &rest) || skip(" ", &rest), let time = timeOfDay(&rest) else { return nil }
        _ = skip("Z", &rest)
        return rest.isEmpty ? begin + time : nil
    }

    /// `16:08`, with seconds and a fraction or without.
    private static func parseToday(_ bytes: [UInt8], _ now: Int64) -> Int64? {
        var rest = bytes[...]
        guard let time = timeOfDay(&rest) else { return nil }
        _ = skip("Z", &rest)
        let sinceMidnight = (now % day &+ day) % day
        return rest.isEmpty ? now &- sinceMidnight &+ time : nil
    }

    private static func timeOfDay(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = number(&rest, digits: 2...2), skip(":", &rest),
            let minute = number(&rest, digits: 2...2), hour < 24, minute < 60
        else { return nil }
        let begin = (hour * 3_600 + minute * 60) * second
        guard skip(":", &rest) else { return begin }
        guard let seconds = number(&rest, digits: 2...2), seconds < 60 else { return nil }
        guard skip(".", &rest) else { return begin + seconds * second }
        let digits = rest.prefix { isDigit($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        // What is finer than the log's microseconds is cut off.
        var fraction = digits.prefix(6)
        var unit = second
        for _ in fraction.indices { unit /= 10 }
        guard let count = number(&fraction, digits: 1...6) else { return nil }
        return begin + seconds * second + count * unit
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func skip(_ mark: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// All digits there are, when there are as many as are wanted.
    private static func number(
        _ rest: inout ArraySlice<UInt8>,
        digits wanted: ClosedRange<Int>
    ) -> Int64? {
        let digits = rest.prefix { isDigit($0) }
        guard wanted.contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    private static func days(ofMonth month: Int64, _ year: Int64) -> Int64 {
        let next = month == 12 ? days(year + 1, 1, 1) : days(year, month + 1, 1)
        return next - days(year, month, 1)
    }

    /// Days from 1970-01-01 to a date of the Gregorian calendar, counted in years that begin in March, so
    /// that the leap day is a year's last.
    private static func days(_ year: Int64, _ month: Int64, _ date: Int64) -> Int64 {
        let years = month > 2 ? year : year - 1
        let months = (month + 9) % 12
        let leapDays = years / 4 - years / 100 + years / 400
        return years * 365 + leapDays + (months * 153 + 2) / 5 + date - 1 - 719_468
    }
}
