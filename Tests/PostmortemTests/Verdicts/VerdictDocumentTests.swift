import Foundation
import Postmortem
import Testing

@Suite("docs/verdicts.md")
struct VerdictDocumentTests {
    private static func document() throws -> [String] {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("docs/verdicts.md")
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }

    @Test("The table of verdicts is that of the program, row by row")
    func table() throws {
        let rows = try Self.document().filter { $0.hasPrefix("| `") }
        #expect(rows == VerdictName.documentation)
    }

    @Test("Every verdict that the text names is one")
    func names() throws {
        let known = Set(VerdictName.allCases.map(\.rawValue))
        for line in try Self.document() {
            for match in line.matches(of: /`([a-z]+(-[a-z]+)+)`/) {
                #expect(known.contains(String(match.output.1)))
            }
        }
    }

    @Test("Every entry says something, in sentences", arguments: VerdictName.allCases)
    func entries(_ name: VerdictName) {
        #expect(name.summary.hasSuffix("."))
        #expect(!name.entry.proof.isEmpty)
        #expect(!name.advice.isEmpty)
        #expect(
            name.severity == .fine || name.side != .nobody || name == .damagedRow
                || name == .beginningMissing
        )
    }
}
