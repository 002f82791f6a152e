import Glibc

/// Reads the system's clocks, in microseconds.
public enum Clock {
    /// Time that only goes forward; its zero means nothing.
    public static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

    /// Wall time since 1970-01-01T00:00:00Z.
    public static func wall() -> Int64 { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
