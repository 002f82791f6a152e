import EventStore
import Events
import Foundation
import Glibc
import Testing

@testable import Postmortem
@testable import replay

@Suite("replay explain and replay scan")
struct VerdictCommandTests {
    /// What the programs print for the log of version 1 is what the files under Expected hold.
    @Test(
        arguments: [
            ("explain-1", ["explain", "1"], false),
            ("explain-abc-2", ["explain", "abc-2"], true),
            ("explain-new_3-json", ["explain", "new_3", "--json"], true),
            ("scan-all", ["scan", "--all"], true),
            ("scan-json", ["scan", "--json"], true),
        ]
    )
    func printsAsExpected(name: String, arguments: [String], isFinding: Bool) throws {
        let log = try LogCopy()
        let url = Bundle.module.url(
            forResource: name,
            withExtension: "txt",
            subdirectory: "Expected"
        )
        let run = try ReplayRun(["--log", log.folder] + arguments)
        #expect(try run.output == String(contentsOf: #require(url), encoding: .utf8))
        #expect(run.status == (isFinding ? .finding : .fine))
        #expect(run.errors == "")
    }

    /// What is under way is not said to be in order: the gateway may have died.
    @Test func anAnswerUnderWay() throws {
        let log = try LogCopy()
        try log.change("DELETE FROM events WHERE position > 23")
        let run = try ReplayRun("explain", "1", "--log", log.folder)
        #expect(run.lines.first?.hasPrefix("not over since 2025-11-22 08:26:40 UTC: ") == true)
        #expect(run.output.contains("      → whether the gateway runs"))
        #expect(run.status == .fine)
    }

    private static let failures = [
        "request-failed", "agent-refused", "left-before-session-info", "websocket-violation",
    ]

    @Test func columnsAreStable() throws {
        let log = try LogCopy()
        let run = try ReplayRun("scan", "--log", log.folder)
        let lines = run.lines.filter { !$0.hasPrefix("# ") }.map { $0.split(separator: " ") }
        #expect(lines.filter { $0[1] == "failure" }.map { String($0[2]) } == Self.failures)
        #expect(lines.allSatisfy { $0.count > 8 && ["failure", "remark"].contains($0[1]) })
        #expect(lines.map { $0[3] }.allSatisfy { FaultSide(rawValue: String($0)) != nil })
        #expect(lines.allSatisfy { Int64($0[4]) != nil && Int64($0[6]) != nil })
    }

    /// The pattern that the pages and the help give for an alarm finds failures, and not the sums at the end.
    @Test func theRecipeForAnAlarm() throws {
        let recipe = "| grep --line-buffered '^[^ ]* failure '"
        for page in ["docs/operations.md", "docs/replay.md"] {
            #expect(try Document(page).lines.contains { $0.contains(recipe) }, "\(page)")
        }
        #expect(ScanCommand.notes.contains(recipe))
        let log = try LogCopy()
        let run = try ReplayRun("scan", "--log", log.folder)
        #expect(run.lines.contains { $0.hasPrefix("# ") && $0.contains(" failure ") })
        let found = run.lines.filter { $0.firstMatch(of: #/^[^ ]* failure /#) != nil }
        #expect(found.map { String($0.split(separator: " ")[2]) } == Self.failures)
    }

    /// A choice by time leaves out verdicts, and changes none.
    @Test func sinceAndUntil() throws {
        let log = try LogCopy()
        func failures(_ options: String...) throws -> [String] {
            let run = try ReplayRun(["scan", "--log", log.folder] + options)
            let found = run.lines.filter { $0.contains(" failure ") && !$0.hasPrefix("# ") }
            #expect(run.status == (found.isEmpty ? .fine : .finding))
            return found.map { String($0.split(separator: " ")[2]) }
        }
        let between = ["2025-11-22T08:26:40.020Z", "2025-11-22T08:26:40.047Z"]
        #expect(try failures("--since", between[0]) == Array(Self.failures.dropFirst()))
        #expect(try failures("--until", between[1]) == Array(Self.failures.dropLast()))
        #expect(
            try failures("--since", between[0], "--until", between[1])
                == Array(Self.failures[1...2])
        )
        #expect(try failures("--since", "2025-11-23") == [])
    }

    /// Wherever reading begins, a connection is judged from its own beginning.
    @Test(arguments: 1...47 as ClosedRange<Int64>)
    func readsWhatWasBefore(first: Int64) throws {
        let log = try LogCopy()
        let reader = try LogReader(folder: log.folder)
        func verdicts(from first: Int64) throws -> [Verdict] {
            var scan = LogScan(folder: log.folder, from: first)
            try reader.forEach(from: first) { position, header, checksum, body in
                try scan.take(position: position, header, checksum: checksum, body)
                return true
            }
            scan.fold.finish()
            return scan.fold.takeNew().filter { $0.position >= first }
                .sorted { $0.precedes($1) }
        }
        let expected = try verdicts(from: 1).filter { $0.position >= first }
        #expect(try verdicts(from: first) == expected)
    }

    /// A number stands for one connection; what became of its id before counts all the same.
    @Test func explainsAsScanDoes() throws {
        let log = try LogCopy()
        let reader = try LogReader(folder: log.folder)
        var place: Int64 = 0
        try reader.forEach(connection: 3) { position, _, _, _ in
            place = position
            return false
        }
        let before = try #require(try reader.event(at: place))
        let body = String(decoding: before.body, as: UTF8.self)
            .replacingOccurrences(of: "new_3", with: "new_1")
        let checksum = before.header.checksum(over: Array(body.utf8).span)
        try log.change(
            """
            UPDATE events SET body = CAST('\(body)' AS BLOB), checksum = \(checksum)
            WHERE position = \(before.position)
            """
        )
        let scan = try ReplayRun("scan", "--json", "--log", log.folder)
        let own = scan.lines.filter {
            $0.hasPrefix("{\"verdict\"") && $0.contains("\"connection\":3,\"id\"")
        }
        #expect(own.contains { $0.contains("temporary-id-reused") })
        let explained = try ReplayRun("explain", "3", "--json", "--log", log.folder)
        #expect(own.sorted() == explained.lines.sorted())
        #expect(explained.status == .finding)
    }

    /// What cannot be read of a connection's beginning does not end a scan.
    @Test func readsPastDamageInHistory() throws {
        let log = try GrowingLog()
        for _ in 1...40 { try log.append("x", padding: 1_000) }
        log.close()
        let segment = try #require(log.segments.first)
        let file = try #require(FileHandle(forUpdatingAtPath: "\(log.folder)/\(segment)"))
        try file.seek(toOffset: 4 * 4_096)
        try file.write(contentsOf: Data(repeating: 0xAB, count: 4_096))
        try file.close()
        let last = try #require(try LogReader(folder: log.folder).event(at: 40))
        func verdicts(skipsDamage: Bool) throws -> [VerdictName] {
            var scan = LogScan(folder: log.folder, from: 40, skipsDamage: skipsDamage)
            try scan.take(
                position: 40,
                last.header,
                checksum: last.checksum,
                last.body.span
            )
            scan.fold.finish()
            return scan.fold.takeNew().map(\.name)
        }
        #expect(throws: StoreError.self) { try verdicts(skipsDamage: false) }
        let found = try verdicts(skipsDamage: true)
        #expect(found == [.beginningMissing])
    }

    /// An outage of the log is told with each connection that was open then.
    @Test func explainTellsOfGaps() throws {
        let log = try LogCopy()
        let header = EventHeader(.logGap, connection: 0, ordinal: 2, at: 0, detail: 9)
        let checksum = header.checksum(over: Array("disk".utf8).span)
        try log.change(
            """
            DELETE FROM events WHERE position = 29;
            INSERT INTO events VALUES(29, 0, 2, 0, 0, 14, 1, 9, \(checksum), CAST('disk' AS BLOB))
            """
        )
        let run = try ReplayRun("explain", "1", "--log", log.folder)
        #expect(run.output.contains("log-gap (gateway)"))
        #expect(run.output.contains("9 event(s) or more were not written: disk"))
        #expect(run.status == .finding)
        #expect(try !ReplayRun("explain", "4", "--log", log.folder).output.contains("log-gap"))
    }

    /// A finding is printed as soon as the log has it.
    @Test func follows() throws {
        signal(SIGPIPE, SIG_IGN)
        let log = try LogCopy()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (input, output) = (ends[0], ends[1])
        let folder = log.folder
        let thread = Thread {
            _ = ReplayProgram(output: output).run(["scan", "--follow", "--log", folder])
            close(output)
        }
        thread.start()
        var lines = PipeLines(descriptor: input)
        for failure in Self.failures { #expect(try lines.next(containing: failure) != nil) }
        try log.change(
            "INSERT INTO events VALUES(48, 9, 1, 0, 0, 3, 1, 0, 0, CAST('{}' AS BLOB))"
        )
        let line = try #require(try lines.next(containing: "damaged-row"))
        #expect(line.contains(" failure damaged-row nobody 9 - 48 "))
        close(input)
    }
}

/// Lines as they come through a pipe.
private struct PipeLines {
    let descriptor: Int32
    private var pending: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Waits for a line with a text; nil: there is none before the end.
    mutating func next(containing text: String) throws -> String? {
        while true {
            while let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeSubrange(...end)
                if line.contains(text) { return line }
            }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            pending += buffer.prefix(count)
        }
    }

}
