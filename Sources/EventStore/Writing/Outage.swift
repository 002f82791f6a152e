import Threading

/// A time in which the log cannot be written.
struct Outage {
    /// The failure that began it, then the latest one.
    var error: StoreError
    /// Wall time of its beginning, µs since 1970.
    let since: Int64
    /// Events reported as failed.
    var lostEvents: Int64 = 0
    /// When to try again, a time of ``Clock/monotonic``.
    private(set) var nextTry: Int64
    /// How long the wait for it is, µs.
    private(set) var delay: Int64
    private let longestDelay: Int64

    init(_ error: StoreError, tuning: WriterTuning) {
        self.error = error
        since = Clock.wall()
        delay = tuning.firstRetryDelay
        longestDelay = tuning.longestRetryDelay
        nextTry = Clock.monotonic() + delay
    }

    /// Waits longer before each further try, up to a bound.
    mutating func postpone(_ error: StoreError) {
        self.error = error
        delay = min(delay * 2, longestDelay)
        nextTry = Clock.monotonic() + delay
    }
}
