import SeededNumbers
import Glibc

/// All cases of one parser.
struct FuzzRun<Target: FuzzTarget>: ~Copyable {
    private var target: Target
    private let mutator = Mutator(
        samples: Target.samples,
        interestingBytes: Target.interestingBytes
    )
    private let memory = GuardedMemory(capacity: Mutator.maximumLength)
    private var values = 0
    private var violations = 0
    /// The first contradiction, and the seed that makes it again.
    private(set) var mismatch: (text: String, seed: UInt64)?

    init(_ target: Target) {
        self.target = target
    }

    /// Feeds `count` inputs, made from `seed` on. Stops at the first contradiction.
    mutating func feed(seed: UInt64, count: UInt64) {
        for number in 0..<count where mismatch == nil {
            if number % 4096 == 0 { CrashNote.expectProgress() }
            feedCase(seed: seed &+ number)
        }
        CrashNote.expectNothing()
    }

    private mutating func feedCase(seed: UInt64) {
        CrashNote.remember(seed: seed)
        var random = SplitMix64(seed: seed)
        let input = mutator.input(&random)
        let outcome = memory.withInput(input) { target.feed($0, random: &random) }
        switch outcome {
        case .value: values += 1
        case .violation: violations += 1
        case .mismatch(let text): mismatch = (text, seed)
        }
    }

    /// One line for the reader.
    var report: String {
        let counts = "\(values) values, \(violations) errors"
        guard let mismatch else { return "\(counts), ok" }
        return "\(counts), FAILED: \(mismatch.text) (--seed \(mismatch.seed) --count 1)"
    }
}
