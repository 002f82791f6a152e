import SeededNumbers

/// An incremental parser whose results, written down, must be the same however the input is cut.
protocol TranscribedFuzzTarget: FuzzTarget {
    /// What the parser made of the input, in order; a violation, the end of it, begins with `violation`.
    static func transcript(
        of input: Span<UInt8>,
        _ random: inout SplitMix64,
        isCut: Bool
    ) -> [String]
}

extension TranscribedFuzzTarget {
    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome {
        let whole = Self.transcript(of: input, &random, isCut: false)
        let cut = Self.transcript(of: input, &random, isCut: true)
        guard whole == cut else { return .mismatch("it depends on the cuts") }
        return whole.last?.hasPrefix("violation") == true ? .violation : .value
    }
}
