import Foundation
import Glibc
import Testing
import Wire

@testable import replay

/// `show` with filters, `state`, `grep` and `sql`.
struct SearchCommandTests {
    private static func positions(_ arguments: [String]) throws -> [Int] {
        let log = try LogCopy()
        return try ReplayRun(arguments + ["--log", log.folder]).output.split(separator: "\n").map {
            Int($0.split(separator: "\t", omittingEmptySubsequences: false)[1]) ?? 0
        }
    }

    @Test(
        arguments: [
            (["abc-[12]", "--kind", "requestSent"], [12, 16, 23, 42]),
            (["--type", "session_info"], [7, 24]),
            (["--type", "session_info", "--kind", "requestSent"], []),
            (["--kind", "gatewayStarted,gatewayStopped"], [1, 47]),
            (["--kind", "gatewayStarted", "--kind", "gatewayStopped"], [1, 47]),
            (["-i", "HI", "--kind", "chunkReceived"], [14]),
            (["^data: 5$"], [25]), (["tool_result", "--connection", "new_3"], [29, 30]),
            (
                ["", "--kind", "connectionOpened", "--until", "2025-11-22T08:26:40.006250Z"],
                [2, 5]
            ),
            (
                ["", "--kind", "connectionOpened", "--since", "2025-11-22T08:26:40.006251Z"],
                [21, 38]
            ),
            (["x", "--since", "2025-11-23"], []),
        ] as [([String], [Int])]
    )
    func finds(arguments: [String], expected: [Int]) throws {
        #expect(try Self.positions(["grep"] + arguments) == expected)
        let log = try LogCopy()
        let run = try ReplayRun(["grep", "--count"] + arguments + ["--log", log.folder])
        #expect(run.output == "\(expected.count)\n")
        #expect(run.status == (expected.isEmpty ? .finding : .fine))
        let json = try ReplayRun(["grep", "--json"] + arguments + ["--log", log.folder])
        #expect(json.lines.count == expected.count)
    }

    @Test(
        arguments: [
            (["--turn", "2"], [10, 11, 12, 13, 14, 15]), (["--turn", "3"], []),
            (["--kind", "requestSent"], [3, 11]),
            (["--since", "2025-11-22T08:26:40.035Z"], [16, 17, 18, 19]),
            (["--until", "2025-11-22T08:26:40.003750Z"], [1, 2]),
            (["--turn", "1", "--kind", "chunkReceived"], [5, 7]),
        ] as [([String], [Int])]
    )
    func showsAPart(arguments: [String], expected: [Int]) throws {
        let log = try LogCopy()
        let run = try ReplayRun(["show", "1", "--log", log.folder] + arguments)
        let ordinals = run.lines.dropFirst().compactMap { line in
            line.hasPrefix("     ") ? nil : Int(line.prefix(4).filter { $0 != " " })
        }
        #expect(ordinals == expected)
        // The state is folded over all events: what a shown one changed is the same.
        let whole = try ReplayRun("show", "1", "--log", log.folder)
        #expect(run.lines.allSatisfy { whole.lines.contains($0) })
    }

    @Test func aNewDayIsTold() throws {
        let log = try LogCopy()
        try log.change("UPDATE events SET at = at + 86400000000 WHERE position > 10")
        let run = try ReplayRun("show", "1", "--log", log.folder)
        #expect(run.lines.filter { $0 == "— 2025-11-23" }.count == 1)
    }

    @Test(
        arguments: [
            ["state", "1", "--at", "x"], ["state", "1", "--at", "-1"], ["state", "1", "2"],
            ["state", "1", "--diff"], ["state", "1", "--diff", "1"],
            ["state", "1", "--diff", "1", "soon"], ["state", "1", "--diff", "1", "2", "3"],
            ["state", "1", "--diff", "1", "2", "--at", "3"], ["state"],
            ["grep"], ["grep", "("], ["grep", "a", "b"], ["grep", "x", "--kind", "nothing"],
            ["grep", "x", "--kind", ""], ["grep", "x", "--since", "soon"], ["grep", "-x", "y"],
            ["grep", "x", "--until", "2025-13-01"],
            ["show", "1", "--turn", "0"], ["show", "1", "--since", "-5m"],
            ["sql"], ["sql", "SELECT"], ["sql", "DELETE FROM events"], ["sql", ""],
            ["sql", "SELECT 1", "SELECT 2"],
        ]
    )
    func wrongCommandLines(arguments: [String]) throws {
        let log = try LogCopy()
        let before = try Data(contentsOf: URL(fileURLWithPath: log.segment))
        let run = try ReplayRun(arguments + ["--log", log.folder])
        #expect(run.status == .usage)
        #expect(run.errors.contains("--help"), "\(run.errors)")
        #expect(run.output == "")
        #expect(try Data(contentsOf: URL(fileURLWithPath: log.segment)) == before)
    }

    @Test func aBadPatternIsExplained() throws {
        let log = try LogCopy()
        let run = try ReplayRun("grep", "a(b", "--log", log.folder)
        #expect(run.errors.hasPrefix("replay: REGEX 'a(b': Unmatched ("))
    }

    @Test(arguments: ["show", "state", "verify"])
    func offersTheNearest(command: String) throws {
        let log = try LogCopy()
        let run = try ReplayRun(command, "abc-7", "--log", log.folder)
        #expect(run.status == .finding)
        #expect(run.errors.contains("looked for a connection number"))
        #expect(run.errors.contains("\n  abc-1  (connection 1)\n"))
        #expect(try ReplayRun("show", "77", "--log", log.folder).errors.contains("from 1 to 4"))
    }

    /// A kind that this version does not know is shown like any other.
    @Test func unknownKinds() throws {
        let log = try LogCopy()
        try log.change("UPDATE events SET kind = 200, body = x'001b41' WHERE position = 14")
        for arguments in [
            ["show", "1"], ["show", "1", "--full"], ["show", "1", "--json"], ["state", "1"],
            ["state", "1", "--json"], ["grep", "A"], ["grep", "[A]", "--json"],
            ["sql", "SELECT * FROM events"], ["sql", "SELECT * FROM events", "--json"],
        ] {
            let run = try ReplayRun(arguments + ["--log", log.folder])
            #expect(run.status == .fine)
            if arguments[0] != "state" {
                #expect(run.output.contains("200"), "\(arguments)")
                #expect(run.output.contains("u{1b}A") || run.output.contains("u001bA"))
            }
        }
    }

    @Test func hugePayloads() throws {
        let log = try LogCopy()
        try log.change(
            "UPDATE events SET body = CAST('data: {\"type\":\"big\",\"a\":\"' || "
                + "hex(zeroblob(2000000)) || '\"}' || char(10) || char(10) AS BLOB) WHERE position = 14"
        )
        let shown = try ReplayRun("show", "1", "--log", log.folder)
        #expect(shown.lines.allSatisfy { $0.count <= 120 })
        let full = try ReplayRun("show", "1", "--full", "--log", log.folder)
        #expect(full.output.utf8.count > 4_000_000)
        let found = try ReplayRun("grep", "0{200}", "--type", "big", "--log", log.folder)
        #expect(found.lines.count == 1)
        #expect(found.output.utf8.count > 4_000_000)
        let table = try ReplayRun("sql", "SELECT body FROM events", "--log", log.folder)
        #expect(table.lines.allSatisfy { $0.count <= 120 })
    }

    @Test func statesOfAllConnections() throws {
        let log = try LogCopy()
        let run = try ReplayRun("state", "1", "--at", "7", "--json", "--log", log.folder)
        #expect(
            run.output.hasPrefix(
                #"{"connection":1,"position":7,"at":"2025-11-22T08:26:40.008750Z","#
            )
        )
        let time = try ReplayRun(
            "state",
            "1",
            "--at",
            "2025-11-22T08:26:40.008750Z",
            "--json",
            "--log",
            log.folder
        )
        #expect(time.output == run.output)
        let same = try ReplayRun("state", "1", "--diff", "7", "7", "--log", log.folder)
        #expect(same.output.contains("nothing has changed"))
        let before = try ReplayRun("state", "3", "--at", "1", "--log", log.folder)
        #expect(before.output.contains("connection 3, before its first event"))
    }

    /// Columns that repeat stay apart in JSON, and numbers that JSON does not have are null.
    @Test func rowsAsJSON() throws {
        let log = try LogCopy()
        let sql = "SELECT 1 AS a, 2 AS a, NULL AS n, 9e999 AS i, 0.5 AS r, x'ff' AS b, 'ü' AS t"
        let run = try ReplayRun("sql", sql, "--json", "--log", log.folder)
        #expect(
            run.output
                == #"{"a":1,"a:1":2,"n":null,"i":null,"r":0.5,"b":"\#u{FFFD}","b_base64":"/w==","t":"ü"}"#
                + "\n"
        )
    }

    /// Long answers are not kept: rows after the first ones are cut to the widths of those.
    @Test func longAnswers() throws {
        let log = try LogCopy()
        let sql = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            SELECT i, CASE WHEN i > 900 THEN 'a long text' ELSE '' END AS t, i FROM n
            """
        let run = try ReplayRun("sql", sql, "--log", log.folder)
        #expect(run.lines.count == 1_001)
        #expect(run.lines.last?.contains("1000") == true)
    }
}
