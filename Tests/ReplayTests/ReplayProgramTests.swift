import Foundation
import Glibc
import Testing
import Wire

@testable import replay

struct ReplayProgramTests {
    /// What the program prints for the log of version 1 is what the files under Expected hold.
    @Test(
        arguments: [
            ("list", ["list"]), ("show-1", ["show", "1"]),
            ("show-abc-2-full", ["show", "abc-2", "--full"]),
            ("state-1", ["state", "1"]), ("state-1-diff", ["state", "1", "--diff", "6", "25"]),
            ("grep-session_info", ["grep", "session_info"]),
            ("sql", ["sql", "SELECT kind, count(*) AS n, max(body) FROM events GROUP BY kind"]),
            ("verify", ["verify"]), ("list-json", ["list", "--json"]),
            ("show-new_3-json", ["show", "new_3", "--json"]),
        ]
    )
    func printsAsExpected(name: String, arguments: [String]) throws {
        let log = try LogCopy()
        let url = Bundle.module.url(
            forResource: name,
            withExtension: "txt",
            subdirectory: "Expected"
        )
        let expected = try String(contentsOf: #require(url), encoding: .utf8)
        let run = try ReplayRun(["--log", log.folder] + arguments)
        #expect(run.output == expected)
        #expect(run.status == .fine)
        #expect(run.errors == "")
    }

    @Test(arguments: [
        ["list"], ["show", "1"], ["show", "abc-1"], ["verify"], ["verify", "2"], ["project"],
        ["explain", "1"], ["explain", "abc-2"], ["scan"], ["scan", "--all"],
        ["state", "1"], ["state", "abc-2", "--diff", "0", "30"], ["grep", ""],
        ["grep", "x", "--count"], ["sql", "SELECT * FROM events"],
    ])
    func everyJSONLineIsAnObject(arguments: [String]) throws {
        let log = try LogCopy()
        let run = try ReplayRun(arguments + ["--json", "--log", log.folder])
        var scanner = JSONScanner()
        #expect(!run.lines.isEmpty)
        for line in run.lines {
            #expect(try scanner.scan(Array(line.utf8).span) == .object, "\(line)")
        }
    }

    @Test func limitKeepsTheNewest() throws {
        let log = try LogCopy()
        let run = try ReplayRun("list", "--limit", "1", "--log", log.folder)
        #expect(run.lines.count == 2)
        #expect(run.lines.last?.hasPrefix("4 ") == true)
    }

    @Test(arguments: ["nobody", "99", "new_", ""])
    func nobodyAnswers(id: String) throws {
        let log = try LogCopy()
        for command in ["show", "verify", "explain"] {
            let run = try ReplayRun(command, id, "--log", log.folder)
            #expect(run.status == .finding)
            #expect(run.errors.contains("no connection answers to '\(id)'"))
            #expect(run.output == "")
        }
    }

    @Test(
        arguments: [
            [], ["bogus"], ["list", "x"], ["list", "--limit", "0"], ["list", "--limit"], ["show"],
            ["show", "1", "2"], ["explain"], ["explain", "1", "2"], ["scan", "1"],
            ["scan", "--since", "yesterday"], ["scan", "--until"],
            ["scan", "--follow", "--until", "2025-11-22"],
            ["grep", "x", "-f", "--until", "2025-11-22"], ["verify", "--full"],
            ["verify", "--all", "1"], ["project", "1"],
            ["--log"], ["--bogus"],
        ]
    )
    func wrongCommandLines(arguments: [String]) throws {
        let run = try ReplayRun(arguments)
        #expect(run.status == .usage)
        #expect(run.errors.contains("--help"), "\(run.errors)")
        #expect(run.output == "")
    }

    /// What is wrong is said in words that lead to what is right.
    @Test(
        arguments: [
            (["--bogus"], "unknown option --bogus"), (["--log"], "--log needs a value"),
            ([], "a command is missing"), (["--json"], "a command is missing"),
            (["--help=1"], "--help takes no value"),
            (["list", "--help=1"], "--help takes no value"),
            (["list", "--log", ""], "--log: '' is not a folder or a bundle"),
            (["sql", "SELECT 1", "--log="], "--log: '' is not a folder or a bundle"),
            (["list", "--limit", "0"], "--limit: '0' is not a whole number from 1;"),
            (["show", "1", "--turn", "x"], "--turn: 'x' is not a whole number from 1;"),
            (["export", "1", "--rename-ids"], "--rename-ids needs --redact"),
            (["export", "1", "--output", "-"], "a bundle cannot go to standard output"),
            (
                ["drive", "1", "--gateway", "ws://127.0.0.1:1", "--agent", "http://127.0.0.1:1"],
                "only one of --gateway and --agent can be given"
            ),
            (["drive", "1"], "missing argument --gateway or --agent"),
            (["state", "1", "--at", "1", "--diff", "1", "2"], "only one of --at and --diff"),
            (["scan", "--until", "16:08", "--follow"], "only one of --until and --follow"),
        ] as [([String], String)]
    )
    func complaints(arguments: [String], expected: String) throws {
        let run = try ReplayRun(arguments)
        #expect(run.status == .usage)
        #expect(run.errors.contains(expected), "\(run.errors)")
        #expect(run.output == "")
    }

    @Test(arguments: [
        ["--help"], ["-h"], ["list", "--help"], ["show", "--help"], ["verify", "-h"],
        ["explain", "--help"], ["scan", "--help"],
        ["project", "--help"], ["state", "--help"], ["grep", "--help"], ["sql", "--help"],
    ])
    func helpHasExamples(arguments: [String]) throws {
        let run = try ReplayRun(arguments)
        #expect(run.status == .fine)
        #expect(run.output.contains("usage: replay"))
        #expect(run.output.contains("examples:\n"))
        #expect(run.lines.allSatisfy { $0.count <= 100 })
    }

    /// An ID means the same to every command that takes one.
    @Test func whatAnIDIs() throws {
        for command in ReplayProgram.commands {
            let places = command.syntax.positionals.filter { $0.name == "ID" }
            guard places.allSatisfy({ $0.occurrence == .required }) else { continue }
            #expect(places.allSatisfy { $0 == SharedOption.id }, "\(command.name)")
        }
        #expect(SharedOption.id.summary.contains("whole dialogue"))
    }

    @Test func anUnreadableLog() throws {
        let log = try LogCopy()
        try Data("no database".utf8).write(to: URL(fileURLWithPath: log.segment))
        #expect(try ReplayRun("list", "--log", log.folder).status == .unreadable)
        #expect(try ReplayRun("list", "--log", log.folder + "/none").status == .unreadable)
    }

    @Test(
        arguments: [
            "UPDATE events SET body = x'7b7d' WHERE position = 4",
            "UPDATE events SET detail = 7 WHERE position = 5",
            "DELETE FROM events WHERE position = 20",
        ]
    )
    func findings(sql: String) throws {
        let log = try LogCopy()
        try log.change(sql)
        let run = try ReplayRun("verify", "--log", log.folder)
        #expect(run.status == .finding)
        #expect(run.lines.filter { $0.hasPrefix("✗ position") }.count == 1, "\(run.output)")
    }

    /// What a peer sent cannot drive the reader's terminal.
    @Test func hostilePayloads() throws {
        let log = try LogCopy()
        try log.change("UPDATE events SET body = x'1b5d303b781b5c9b0a00e280ae'")
        let commands = [
            ["list"], ["show", "1"], ["show", "1", "--full"], ["show", "1", "--json"], ["verify"],
            ["list", "--json"], ["verify", "--json"], ["explain", "1"], ["explain", "1", "--json"],
            ["scan", "--all"], ["scan", "--all", "--json"],
            ["list", "--json"], ["verify", "--json"],
            ["state", "1"], ["state", "1", "--json"], ["grep", ""], ["grep", "", "--json"],
            ["sql", "SELECT * FROM events"], ["sql", "SELECT * FROM events", "--json"],
            ["sql", "SELECT body AS \"\u{1B}[2J\" FROM events"],
        ]
        for arguments in commands {
            let run = try ReplayRun(["--log", log.folder] + arguments)
            let hasControls = run.output.unicodeScalars.contains {
                // A tab parts the columns of grep.
                $0 != "\n" && !($0 == "\t" && arguments == ["grep", ""])
                    && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
            }
            #expect(!hasControls, "\(run.output)")
            #expect(!run.output.isEmpty)
            #expect(
                run.lines.allSatisfy {
                    arguments != ["grep", ""] || $0.split(separator: "\t").count == 9
                }
            )
        }
    }

    /// A reader that goes away early is no failure, and hides none that was known by then.
    @Test(
        arguments: [
            (["show", "1"], .fine), (["grep", "x"], .fine),
            (["grep", "nothing", "--count"], .finding),
            (["explain", "1"], .fine), (["explain", "2"], .finding), (["scan"], .finding),
            (["scan", "--until", "2025-11-22T08:26:40Z"], .fine),
            (["scan", "--follow"], .fine), (["verify"], .fine),
        ] as [([String], ReplayStatus)]
    )
    func aClosedPipeEndsQuietly(arguments: [String], expected: ReplayStatus) throws {
        signal(SIGPIPE, SIG_IGN)
        let log = try LogCopy()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let program = ReplayProgram(output: ends[1])
        #expect(program.run(arguments + ["--log", log.folder]) == expected)
    }

    /// What is found is known before it has all been printed.
    @Test(arguments: [["verify"], ["scan"]])
    func findingsOfALongOutput(arguments: [String]) throws {
        signal(SIGPIPE, SIG_IGN)
        let log = try LogCopy()
        try log.change(
            """
            WITH RECURSIVE n(i) AS (SELECT 48 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
            INSERT INTO events SELECT i, i, 1, 0, 0, 3, 1, 0, 0, CAST('{}' AS BLOB) FROM n
            """
        )
        let whole = try ReplayRun(arguments + ["--log", log.folder])
        #expect(whole.output.utf8.count > 1 << 16)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let program = ReplayProgram(output: ends[1])
        #expect(program.run(arguments + ["--log", log.folder]) == .finding)
    }

    /// With projections, complete or of the log's beginning only, the answers are the same.
    @Test(arguments: [1, 2, 7, 20, 37, 46])
    func projectionsChangeNoAnswer(cut: Int) throws {
        let log = try LogCopy()
        let commands = [
            ["list"], ["list", "--json"], ["show", "1"], ["show", "new_3"], ["show", "abc-1"],
            ["show", "abc-2", "--json"], ["verify", "abc-1"], ["show", "nobody"],
            ["explain", "abc-1"], ["explain", "new_1", "--json"], ["explain", "2"],
        ]
        func answers() throws -> [ReplayRun] {
            try commands.map { try ReplayRun($0 + ["--log", log.folder]) }
        }
        let before = try answers()
        try log.move(after: cut)
        #expect(try ReplayRun("project", "--log", log.folder).output.contains("✓ \(cut) events"))
        try log.moveBack()
        let after = try answers()
        #expect(after.map(\.output) == before.map(\.output))
        #expect(after.map(\.errors) == before.map(\.errors))
        let made = try ReplayRun("project", "--log", log.folder, "--json")
        #expect(made.output.hasPrefix(#"{"through":47,"events":47,"#))
        #expect(try answers().map(\.output) == before.map(\.output))
    }

    @Test func aBundleHasNoPlaceForProjections() throws {
        let bundle = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("Fixtures/incidents/new-session.bundle").path
        let run = try ReplayRun("project", "--log", bundle)
        #expect(run.status == .usage && run.errors.contains("a bundle needs --output"))
        let file = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).db"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let made = try ReplayRun("project", "--log", bundle, "--output", file)
        #expect(made.status == .fine && !made.output.contains("in +"))
    }

    @Test func projectsIntoAnotherFile() throws {
        let log = try LogCopy()
        let folder = try TemporaryFolder()
        let file = folder.path + "/else.db"
        let run = try ReplayRun("project", "--log", log.folder, "--output", file)
        #expect(run.status == .fine)
        #expect(FileManager.default.fileExists(atPath: file))
        #expect(!FileManager.default.fileExists(atPath: log.folder + "/projections.db"))
        let nowhere = folder.path + "/none/else.db"
        let failed = try ReplayRun("project", "--log", log.folder, "--output", nowhere)
        #expect(failed.status == .finding)
        #expect(failed.errors.contains(folder.path + "/none"))
    }

    /// Within the log's folder no file is made or replaced, not even an empty one, but the projections.
    @Test func projectsOverNothingOfTheLog() throws {
        let log = try LogCopy()
        let empty = log.folder + "/gateway.lock"
        try Data().write(to: URL(fileURLWithPath: empty))
        let before = try FileManager.default.contentsOfDirectory(atPath: log.folder).sorted()
        for name in [
            "events-00000000000000000099.db", "gateway.lock", "projections.db.new", "else.db",
        ] {
            let file = log.folder + "/" + name
            // A segment is a log, too, in the same folder.
            for path in [log.folder, log.segment] {
                for command in [["project"], ["export", "1", "--force"]] {
                    let run = try ReplayRun(command + ["--log", path, "--output", file])
                    #expect(run.status == .finding)
                    #expect(run.errors.contains("\(name) is within the log"), "\(run.errors)")
                }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: log.folder).sorted() == before)
        #expect(try Data(contentsOf: URL(fileURLWithPath: empty)).isEmpty)
        let own = log.folder + "/projections.db"
        #expect(try ReplayRun("project", "--log", log.folder, "--output", own).status == .fine)
        #expect(try ReplayRun("list", "--log", log.folder).status == .fine)
    }

    /// Only what is empty or holds projections is replaced.
    @Test func replacesNoOtherFile() throws {
        let log = try LogCopy()
        let folder = try TemporaryFolder()
        let file = folder.path + "/else.db"
        func project() throws -> ReplayRun {
            try ReplayRun("project", "--log", log.folder, "--output", file)
        }
        let original = try Data(contentsOf: URL(fileURLWithPath: log.segment))
        for content in [Data("a letter".utf8), original] {
            for path in [file, file + ".new"] {
                try content.write(to: URL(fileURLWithPath: path))
                let run = try project()
                #expect(run.status == .usage)
                #expect(run.errors.contains("\(path) is there"))
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
                unlink(path)
            }
        }
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(try project().status == .fine)
        #expect(try project().status == .fine)
        let own = URL(fileURLWithPath: log.folder + "/projections.db")
        try Data("damaged".utf8).write(to: own)
        #expect(try ReplayRun("project", "--log", log.folder).status == .fine)
        #expect(try Data(contentsOf: own).starts(with: Data("SQLite format 3".utf8)))
    }

    @Test func saysThatSomebodyElseIsAtTheProjections() throws {
        let log = try LogCopy()
        let descriptor = open(log.folder, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        try #require(flock(descriptor, LOCK_EX) == 0)
        let run = try ReplayRun("project", "--log", log.folder)
        #expect(run.status == .finding)
        #expect(run.errors.contains(log.folder) && run.errors.contains("another replay"))
        #expect(run.output == "")
    }

    /// Reading leaves the log's bytes as they are.
    @Test func onlyReads() throws {
        let log = try LogCopy()
        let before = try Data(contentsOf: URL(fileURLWithPath: log.segment))
        for arguments in [
            ["list"], ["show", "1"], ["verify", "--all"], ["project"], ["state", "1"],
            ["grep", "x"],
            ["sql", "SELECT * FROM events"],
        ] {
            #expect(try ReplayRun(arguments + ["--log", log.folder]).status == .fine)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: log.segment)) == before)
    }

    /// A disk that is full is a failure, a reader that has gone is none.
    @Test func outputThatFails() throws {
        let log = try LogCopy()
        let full = open("/dev/full", O_WRONLY)
        let path = FileManager.default.temporaryDirectory.path + "/replay-\(UUID().uuidString).err"
        let errors = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer {
            close(full)
            close(errors)
            unlink(path)
        }
        let program = ReplayProgram(output: full, errors: errors)
        #expect(program.run(["list", "--log", log.folder]) == .finding)
        let said = try String(contentsOfFile: path, encoding: .utf8)
        #expect(said == "replay: cannot write the output: No space left on device\n")
    }

    /// Without an output nobody is followed.
    @Test func followsNothingWithoutOutput() throws {
        let log = try LogCopy()
        let program = ReplayProgram(output: 1 << 20)
        let arguments = ["grep", "nothing at all", "--follow", "--log", log.folder]
        #expect(program.run(arguments) == .fine)
    }
}
