import SeededNumbers
import Testing

@testable import Postmortem

struct DurationHistogramTests {
    @Test func nothing() {
        #expect(DurationHistogram().percentile(permille: 500) == nil)
    }

    /// Each percentile is the exact one, or a little longer.
    @Test(arguments: [1, 100, 5_000, 3_000_000, 1 << 50] as [Int64])
    func percentiles(longest: Int64) {
        var generator = SplitMix64(seed: UInt64(longest))
        var histogram = DurationHistogram()
        let durations = (0..<999).map { _ in Int64.random(in: 0...longest, using: &generator) }
        for duration in durations { histogram.add(duration) }
        let sorted = durations.sorted()
        for permille in [1, 10, 500, 990, 999, 1_000] as [Int64] {
            let exact = sorted[Int(max(1, (999 * permille + 999) / 1_000)) - 1]
            let found = histogram.percentile(permille: permille) ?? -1
            #expect(found >= exact)
            #expect(found <= exact + exact / 63)
        }
        #expect(histogram.longest == sorted.last)
        #expect(histogram.count == 999)
    }

    @Test func extremes() {
        var histogram = DurationHistogram()
        histogram.add(.min)
        histogram.add(.max)
        #expect(histogram.percentile(permille: 500) == 0)
        #expect(histogram.percentile(permille: 1_000) == .max)
    }
}
