import Foundation
import Postmortem
import Testing

/// Every bundle under Tests/Fixtures/incidents is a test: what was found in it once is found again.
struct IncidentTests {
    @Test(arguments: IncidentBundle.all)
    func verdictsAreThoseKeptWithIt(bundle: IncidentBundle) throws {
        let found = verdicts(on: try bundle.rows()).map { "\($0.connection) \($0.name.rawValue)" }
        #expect(found.sorted() == (try bundle.keptVerdicts()))
        #expect(!found.isEmpty)
    }

    @Test(arguments: IncidentBundle.all)
    func verdictsAndFindingsAreThoseOfTheTable(bundle: IncidentBundle) throws {
        let row = try #require(IncidentTable.rows[bundle.name], "README.md has no row for it")
        let rows = try bundle.rows()
        #expect(verdicts(on: rows).map(\.name.rawValue).sorted() == row.verdicts)
        #expect(findings(in: rows).map(\.kind.name).sorted() == row.findings)
    }

    @Test func theTableHasNoRowTooMany() {
        #expect(Set(IncidentTable.rows.keys) == Set(IncidentBundle.all.map(\.name)))
    }

    @Test func everyVerdictHasAnIncident() {
        let there = Set(IncidentTable.rows.values.flatMap(\.verdicts))
        let missing = VerdictName.allCases.map(\.rawValue).filter { !there.contains($0) }
        #expect(missing == [])
    }

    /// What is healthy has only verdicts that say so.
    @Test(arguments: [
        "new-session", "existing-session", "tools", "rest", "reconnected-with-session-id",
        "real-agent", "unterminated-session-info",
    ])
    func healthyOnesAreFine(name: String) throws {
        let bundle = try #require(IncidentBundle.all.first { $0.name == name })
        let found = verdicts(on: try bundle.rows())
        #expect(found.allSatisfy { $0.severity == .fine }, "\(found.map(\.words))")
    }

    /// Where it was recorded is nobody's business.
    @Test(arguments: IncidentBundle.all)
    func itNamesNoPlaceOfAMachine(bundle: IncidentBundle) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: bundle.path))
        for place in ["/tmp/", "/home/", "/root/", "/Users/"] {
            #expect(bytes.range(of: Data(place.utf8)) == nil, "\(place)")
        }
    }

    /// Small enough to be kept with the code.
    @Test(arguments: IncidentBundle.all)
    func itIsSmall(bundle: IncidentBundle) throws {
        let size = try FileManager.default.attributesOfItem(atPath: bundle.path)[.size] as? Int
        #expect(try #require(size) < 100_000)
    }
}

/// The table of Tests/Fixtures/incidents/README.md.
enum IncidentTable {
    struct Row {
        var verdicts: [String]
        var findings: [String]
    }

    static let rows: [String: Row] = {
        let url = IncidentBundle.folder.appendingPathComponent("README.md")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        var rows: [String: Row] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[0] != "bundle" else { continue }
            let names = { (cell: String) in
                cell == "clean" ? [] : cell.components(separatedBy: ", ").sorted()
            }
            rows[cells[0]] = Row(verdicts: names(cells[3]), findings: names(cells[4]))
        }
        return rows
    }()
}
