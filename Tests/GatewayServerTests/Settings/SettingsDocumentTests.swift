import Foundation
import Testing

@testable import GatewayServer

@Suite("docs/operations.md")
struct SettingsDocumentTests {
    private static func document() throws -> [String] {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("docs/operations.md")
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }

    @Test("The table of settings is that of the program, row by row")
    func table() throws {
        let rows = try Self.document().filter { line in
            line.hasPrefix("| `GATEWAY__") || line.hasPrefix("| `PORT`")
        }
        let defaults = try SettingsReading(environment: [:], dotEnv: nil)
        #expect(rows == defaults.documentation)
    }

    @Test("Every setting that the text names is one")
    func names() throws {
        let known = Set(Setting.all.map(\.name))
        for line in try Self.document() {
            for match in line.matches(of: /GATEWAY__[A-Z_]*[A-Z]/) {
                #expect(known.contains(String(match.output)))
            }
        }
    }
}
