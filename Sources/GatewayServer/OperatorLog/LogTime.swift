import Glibc

/// Times in log lines: RFC 3339 in UTC with microseconds, `2026-11-22T16:00:00.123456Z`.
enum LogTime {
    /// Appends a time given in microseconds since 1970.
    static func append(_ time: Int64, to output: inout [UInt8]) {
        var seconds = time_t(time / 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        append(parts.tm_year &+ 1900, digits: 4, "-", to: &output)
        append(parts.tm_mon &+ 1, digits: 2, "-", to: &output)
        append(parts.tm_mday, digits: 2, "T", to: &output)
        append(parts.tm_hour, digits: 2, ":", to: &output)
        append(parts.tm_min, digits: 2, ":", to: &output)
        append(parts.tm_sec, digits: 2, ".", to: &output)
        append(Int32(time % 1_000_000), digits: 6, "Z", to: &output)
    }

    private static func append(
        _ number: Int32,
        digits: Int,
        _ mark: Unicode.Scalar,
        to output: inout [UInt8]
    ) {
        let start = output.count
        var rest = number.magnitude
        for _ in 0..<digits {
            output.insert(UInt8(ascii: "0") + UInt8(rest % 10), at: start)
            rest /= 10
        }
        output.append(UInt8(ascii: mark))
    }
}
