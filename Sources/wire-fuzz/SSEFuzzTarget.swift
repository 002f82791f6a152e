import SeededNumbers
import Wire

/// The SSE splitter with the reader behind it.
struct SSEFuzzTarget: FuzzTarget {
    static let name = "sse"

    static let samples = [
        "data: {\"type\":\"session_info\",\"session_id\":\"abc-123\"}\n\ndata: [DONE]\n\n",
        "\u{FEFF}data: a\r\n\r\n: ping\r\n\r\ndata: b\r\ndata: c\r\n\r\n",
        "event: done\rid: 7\rretry: 3000\rdata\r\r\ndata: Привет \u{2028}🆔\n\n",
        "\n\r\r\n\ndata:x\n\n\n\n:c\n:d\n\ndata: unterminated",
    ].map { Array($0.utf8) }

    static let interestingBytes: [UInt8] =
        Array("\n\n\n\r\r\r: dei[]09".utf8) + [0x00, 0x85, 0xBB, 0xBF, 0xEF, 0xFF]

    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome {
        let limit = random.next(below: 4) == 0 ? 32 : Mutator.maximumLength
        let whole = SSETranscript(of: input, limit: limit) { $0 }
        let cut = SSETranscript(of: input, limit: limit) { rest in
            1 + random.next(below: min(rest, 1 << random.next(below: 8)))
        }
        guard whole.isComplete, cut.isComplete else { return .mismatch("bytes are lost") }
        // The LF of a late CR LF counts for the next block, so a limit can fall differently.
        let isExact = !whole.isViolation && !cut.isViolation || !Self.hasCarriageReturn(input)
        guard whole == cut || !isExact else { return .mismatch("it depends on the cuts") }
        return whole.isViolation ? .violation : .value
    }

    private static func hasCarriageReturn(_ input: Span<UInt8>) -> Bool {
        for index in input.indices where input[index] == 0x0D { return true }
        return false
    }
}
