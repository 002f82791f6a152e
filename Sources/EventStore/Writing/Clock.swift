import Glibc

/// The two clocks of the writer, in microseconds.
enum Clock {
    /// Wall time since 1970, for what is stored.
    static var wall: Int64 { read(CLOCK_REALTIME) }

    /// Time that only goes forward, for waits.
    static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
