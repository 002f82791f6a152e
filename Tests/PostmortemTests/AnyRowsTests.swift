import SeededNumbers
import Events
import Testing

@testable import Postmortem

/// Nothing in a log makes a reader trap, however it came to be there.
struct AnyRowsTests {
    @Test(arguments: 0..<30 as Range<UInt64>)
    func nothingTraps(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var verification = Verification(isWholeLog: true)
        var summaries = ConnectionSummaries()
        var timeline = Timeline()
        var found = 0
        for row in Self.rows(&generator) {
            let (position, header, checksum) = (row.position, row.header, row.checksum)
            let body = row.body.span
            let findings = verification.take(position: position, header, checksum: checksum, body)
            summaries.take(position: position, header, checksum: checksum, body)
            let entry = timeline.take(position: position, header, checksum: checksum, body)
            found += findings.count
            #expect(findings.allSatisfy { !$0.words.isEmpty && !$0.json.isEmpty })
            #expect(!entry.json.isEmpty)
        }
        #expect(verification.findings == found)
        #expect(summaries.connections.allSatisfy { !$0.json.isEmpty })
    }

    /// The scene's rows in disorder, each with some columns at random; half of them with a checksum
    /// that fits.
    private static func rows(_ generator: inout SplitMix64) -> [RecordedEvent] {
        let numbers: [Int64] = [.min, -1, 0, 1, 2, 3, 8, 257, 1 << 40, .max]
        return RecordedGateway.scene.rows.shuffled(using: &generator)
            .map { row in
                var row = row
                let number = numbers.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<9, using: &generator) {
                case 0: row.position = number
                case 1: row.header.connection = number
                case 2: row.header.ordinal = number
                case 3: row.header.cause = number
                case 4: row.header.at = number
                case 5: row.header.detail = number
                case 6: row.header.kind = UInt8.random(in: 0...20, using: &generator)
                case 7: row.header.version = UInt8.random(in: 0...2, using: &generator)
                default: row.body = Array(row.body.shuffled(using: &generator))
                }
                if Bool.random(using: &generator) {
                    row.checksum = row.header.checksum(over: row.body.span)
                }
                return row
            }
    }
}
