/// Counts durations in buckets, in a fixed amount of memory. Durations below 128 µs are kept as they are;
/// longer ones in 64 buckets for each doubling, so that a percentile is at most 1.6 % too long.
public struct DurationHistogram: Sendable {
    /// Buckets for each doubling.
    private static let steps = 64
    private static let exact = 128

    private var counts: [Int64]
    /// How many were added.
    public private(set) var count: Int64 = 0
    /// The longest one, µs; 0: there is none.
    public private(set) var longest: Int64 = 0

    /// Nothing counted.
    public init() { counts = Array(repeating: 0, count: Self.bucket(of: .max) + 1) }

    /// Adds a duration in µs; one that is negative, since the clock was set back, counts as 0.
    public mutating func add(_ duration: Int64) {
        let duration = max(0, duration)
        counts[Self.bucket(of: duration)] &+= 1
        count &+= 1
        longest = max(longest, duration)
    }

    /// The duration that a share of all do not exceed, µs: the end of its bucket, or the longest one. Nil:
    /// nothing was added.
    ///
    /// - Parameter permille: the share in thousandths, e.g. 990 for the 99th percentile.
    public func percentile(permille: Int64) -> Int64? {
        guard count > 0 else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: permille)
        let rank = overflow ? count : max(1, (product &+ 999) / 1_000)
        var seen: Int64 = 0
        for (bucket, count) in counts.enumerated() {
            seen &+= count
            if seen >= rank { return min(longest, Self.end(of: bucket)) }
        }
        return longest
    }

    private static func bucket(of duration: Int64) -> Int {
        guard duration >= Int64(exact) else { return Int(duration) }
        // Durations from 2^n on: n is 7 or more.
        let power = 63 - duration.leadingZeroBitCount
        let step = Int(duration >> Int64(power - 6)) - steps
        return exact + (power - 7) * steps + step
    }

    /// The longest duration of a bucket.
    private static func end(of bucket: Int) -> Int64 {
        guard bucket >= exact else { return Int64(bucket) }
        let power = (bucket - exact) / steps + 7
        let step = (bucket - exact) % steps + steps
        let width = Int64(1) << Int64(power - 6)
        return Int64(step) &* width &+ (width &- 1)
    }
}
