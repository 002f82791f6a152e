import SeededNumbers

/// A parser under test, with what to damage and how to judge the outcome.
protocol FuzzTarget: SendableMetatype {
    /// What `--parser` calls it.
    static var name: String { get }

    /// Valid inputs that together use every feature of the grammar; at least one.
    static var samples: [[UInt8]] { get }

    /// Bytes that mean something to the parser; at least one.
    static var interestingBytes: [UInt8] { get }

    init()

    /// Feeds one input: whole and, when the parser is incremental, cut at random places as well.
    ///
    /// - Parameters:
    ///   - input: lies so in memory that reading a byte behind it crashes.
    ///   - random: where the cuts come from.
    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome
}

/// Every parser there is a target for. A new target is added here.
let allFuzzTargets: [any FuzzTarget.Type] = [
    JSONFuzzTarget.self,
    SSEFuzzTarget.self,
    WebSocketFuzzTarget.self,
    HTTPRequestFuzzTarget.self,
    HTTPResponseFuzzTarget.self,
    TextFuzzTarget.self,
]
