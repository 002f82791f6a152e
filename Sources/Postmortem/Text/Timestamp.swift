import Glibc

/// Wall times of the log for people, always in UTC.
public enum Timestamp {
    /// `2025-11-22T16:08:01.000123Z`; the bare number when the calendar does not go that far.
    ///
    /// - Parameter microseconds: since 1970-01-01T00:00:00Z.
    public static func iso8601(_ microseconds: Int64) -> String {
        calendar(microseconds).map { "\($0.date)T\($0.time)Z" } ?? "\(microseconds)"
    }

    /// `2025-11-22 16:08:01`.
    public static func dateAndTime(_ microseconds: Int64) -> String {
        calendar(microseconds).map { "\($0.date) \($0.time.prefix(8))" } ?? "\(microseconds)"
    }

    /// `2025-11-22`.
    public static func date(_ microseconds: Int64) -> String {
        calendar(microseconds)?.date ?? "\(microseconds)"
    }

    /// `16:08:01.000123`.
    public static func time(_ microseconds: Int64) -> String {
        calendar(microseconds)?.time ?? "\(microseconds)"
    }

    /// A span of time with three digits that matter at most: `+0.120ms`, `+3.2ms`, `+61.0s`.
    public static func span(_ microseconds: Int64) -> String {
        let sign = microseconds < 0 ? "-" : "+"
        let size = microseconds.magnitude
        if size < 10_000 { return "\(sign)\(decimal(size, 1_000, digits: 3))ms" }
        if size < 1_000_000 { return "\(sign)\(decimal(size, 1_000, digits: 1))ms" }
        return "\(sign)\(decimal(size, 1_000_000, digits: 1))s"
    }

    private static func decimal(_ value: UInt64, _ unit: UInt64, digits: Int) -> String {
        let scale: UInt64 = digits == 3 ? 1_000 : 10
        let fraction = value % unit * scale / unit
        return "\(value / unit)." + padded(Int(fraction), digits)
    }

    private static func calendar(_ microseconds: Int64) -> (date: String, time: String)? {
        var seconds = time_t(microseconds / 1_000_000)
        var fraction = Int(microseconds % 1_000_000)
        if fraction < 0 {
            fraction += 1_000_000
            seconds -= 1
        }
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return nil }
        let year = padded(Int(parts.tm_year) + 1_900, 4)
        let date = "\(year)-\(padded(Int(parts.tm_mon) + 1, 2))-\(padded(Int(parts.tm_mday), 2))"
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }
        return (date, clock.joined(separator: ":") + "." + padded(fraction, 6))
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
