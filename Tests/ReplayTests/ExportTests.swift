import Foundation
import Glibc
import Testing
import Wire

@testable import replay

/// `replay export`, with the log of version 1.
final class ExportTests {
    private let log: LogCopy
    private let folder: String

    init() throws {
        log = try LogCopy()
        folder = log.folder + "-out"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    private func export(_ arguments: String...) throws -> ReplayRun {
        try ReplayRun(["--log", log.folder, "export"] + arguments)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What commands say of a bundle is what they say of the log it came from.
    @Test(arguments: ["1", "abc-2", "new_3", "4"])
    func aBundleIsReadLikeALog(id: String) throws {
        let file = folder + "/it.bundle"
        let run = try export(id, "--output", file)
        #expect(run.status == .fine)
        #expect(run.output.contains("✓ \(file): 1 connection(s)"))
        for command in [["show", id], ["show", id, "--json"], ["verify", id]] {
            let before = try ReplayRun(["--log", log.folder] + command)
            let after = try ReplayRun(["--log", file] + command)
            #expect(after.output == before.output)
            #expect(after.status == before.status && after.errors == "")
        }
        let whole = try ReplayRun("--log", file, "verify")
        #expect(whole.status == .fine, "\(whole.output)")
        #expect(try ReplayRun("--log", file, "list").lines.count == 2)
        #expect(try ReplayRun("--log", file, "show", "nobody").status == .finding)
    }

    /// A damaged row is damaged in the bundle too, redacted or not.
    @Test func aBundleKeepsFindings() throws {
        try log.change("UPDATE events SET detail = 7 WHERE position = 5")
        for more in [[], ["--redact"]] as [[String]] {
            let file = folder + "/it.bundle"
            let run = try ReplayRun(
                ["--log", log.folder, "export", "2", "--output", file, "--force"] + more
            )
            #expect(run.status == .fine)
            let verified = try ReplayRun("--log", file, "verify")
            #expect(verified.status == .finding)
            #expect(verified.lines.first?.hasPrefix("✗ position 5,") == true)
        }
    }

    @Test(arguments: ["bundle", "ndjson", "har", "html"])
    func redactedFilesSayNothing(format: String) throws {
        let file = folder + "/it"
        let secrets = ["Привет!", "\"Hi\"", "slow down", "silent for", "IDE/1"]
        for (more, isExpected) in [([], true), (["--redact"], false)] as [([String], Bool)] {
            for id in ["1", "2"] {
                let arguments = ["--log", log.folder, "export", id, "--format", format]
                let run = try ReplayRun(arguments + ["--output", file + id, "--force"] + more)
                #expect(run.status == .fine, "\(run.errors)")
            }
            let bytes = try ["1", "2"].map {
                try Data(contentsOf: .init(fileURLWithPath: file + $0))
            }
            for secret in secrets {
                // JSON within JSON or HTML is spelt with escapes.
                let spellings = [
                    secret, secret.replacingOccurrences(of: "\"", with: "\\\""),
                    secret.replacingOccurrences(of: "\"", with: "&quot;"),
                ]
                let isThere = spellings.contains { spelling in
                    bytes.contains { $0.range(of: Data(spelling.utf8)) != nil }
                }
                #expect(isThere == isExpected, "\(secret) in \(format)")
            }
        }
    }

    @Test func renamesIDs() throws {
        let file = folder + "/it.ndjson"
        let arguments = ["1", "--format", "ndjson", "--redact", "--rename-ids", "--output", file]
        #expect(try ReplayRun(["--log", log.folder, "export"] + arguments).status == .fine)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!text.contains("abc-1") && !text.contains("new_1"))
        #expect(text.contains("temporary new_2 → session ssss1") || text.contains("→ session ssss"))
    }

    /// The pages tell the name of a file that no id is to be in.
    @Test func theNameOfRenamedIDs() throws {
        let name = ExportFormat.bundle.fileName(for: "")
        let page = try Document("docs/replay.md").chapter("export")
        #expect(page.contains { $0.contains("with `--rename-ids` `\(name)`") })
        #expect(ExportCommand.notes.contains(name))
    }

    @Test(arguments: ["ndjson", "har"])
    func isJSON(format: String) throws {
        let run = try export("2", "--format", format, "--output", "-")
        #expect(run.status == .fine)
        var scanner = JSONScanner()
        let texts = format == "har" ? [run.output[...]] : run.lines
        for text in texts {
            #expect(try scanner.scan(Array(text.utf8).span) == .object)
        }
        if format == "har" {
            #expect(run.output.contains(#""_webSocketMessages":[{"type":"send","time":1763800000"#))
            #expect(run.output.contains(#""status":429"#))
            #expect(run.output.contains(#""_error":"readTimeout: silent for 60 s""#))
        } else {
            let shown = try ReplayRun("--log", log.folder, "show", "2", "--json")
            #expect(run.output.hasPrefix(shown.output))
        }
    }

    /// The gateway's own events are known as much as those of a connection.
    @Test func nothingIsWrongWithHealthyEvents() throws {
        let run = try export("4", "--format", "ndjson", "--output", "-")
        #expect(run.lines.contains { $0.contains(#""title":"gatewayStarted""#) })
        #expect(run.lines.allSatisfy { $0.contains(#""anomalies":[]"#) }, "\(run.output)")
    }

    @Test func aPageStandsForItself() throws {
        let run = try export("1", "--format", "html", "--output", "-")
        #expect(run.status == .fine)
        #expect(run.output.hasPrefix("<!DOCTYPE html>"))
        #expect(!run.output.contains("<script") && !run.output.contains("http://"))
        #expect(run.output.contains("Content-Security-Policy\" content=\"default-src 'none'"))
        #expect(run.output.contains("data-verdict=\"bound\""))
        #expect(run.output.components(separatedBy: "<details class=\"row\"").count == 20)
        #expect(run.output.contains("<span class=\"mark\">bound</span>"))
    }

    @Test(arguments: ["</script><b>&\"'", "]]></pre></details>", "a\u{0}b\u{202E}c\u{1B}[0m"])
    func aPageTakesTextForText(text: String) throws {
        let hex = Array(text.utf8).map { String(format: "%02x", $0) }.joined()
        try log.change("UPDATE events SET body = x'\(hex)' WHERE kind NOT IN (3, 12)")
        let run = try export("1", "--format", "html", "--output", "-")
        #expect(!run.output.contains(text))
        #expect(!run.output.contains("]]></pre>"))
        let hasControls = run.output.unicodeScalars.contains {
            $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
        }
        #expect(!hasControls)
    }

    @Test func replacesWithForceOnly() throws {
        let file = folder + "/it"
        for format in ["bundle", "html"] {
            try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
            let refused = try export("1", "--format", format, "--output", file)
            #expect(refused.status == .finding)
            #expect(refused.errors.contains("--force"))
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            #expect(
                try export("1", "--format", format, "--output", file, "--force").status == .fine
            )
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["it"])
        }
    }

    /// Interrupted, it leaves nothing behind: neither the file nor a part of it.
    @Test(arguments: ["bundle", "ndjson", "html"], [SIGINT, SIGTERM])
    func leavesNothingWhenInterrupted(format: String, signal: Int32) throws {
        let arguments = ["export", "1", "--format", format, "--output", folder + "/it"]
        let run = try FollowedRun(["--log", log.folder] + arguments, interruption: signal)
        #expect(try run.end() == .finding)
        #expect(run.rest() == ["replay: interrupted"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    /// Neither beside the segments, nor over a bundle that is being read, not even with --force.
    @Test func writesNothingIntoTheLog() throws {
        for name in ["new.bundle", "events-00000000000000000001.db"] {
            let path = log.folder + "/" + name
            let before = try? Data(contentsOf: URL(fileURLWithPath: path))
            #expect(try export("1", "--output", path, "--force").status == .finding)
            let after = try? Data(contentsOf: URL(fileURLWithPath: path))
            #expect(after == before)
        }
        let file = folder + "/it.bundle"
        #expect(try export("1", "--output", file).status == .fine)
        let again = try ReplayRun("--log", file, "export", "1", "--output", file, "--force")
        #expect(again.status == .finding)
        let nowhere = try export("1", "--output", folder + "/none/it")
        #expect(nowhere.status == .finding)
        #expect(nowhere.errors.contains("none"))
    }

    @Test(
        arguments: [
            ["export"], ["export", "1", "--format", "pdf"], ["export", "1", "--rename-ids"],
            ["export", "1", "--output", "-"], ["export", "1", "2"],
            ["export", "1", "--output", ""],
        ]
    )
    func wrongCommandLines(arguments: [String]) throws {
        let run = try ReplayRun(["--log", log.folder] + arguments)
        #expect(run.status == .usage)
        #expect(run.output == "")
    }

    @Test(arguments: [
        ("new_1", "new_1.bundle"), ("17", "connection-17.bundle"), ("", "conversation.bundle"),
        ("../../etc/passwd", "______etc_passwd.bundle"), ("-x", "_-x.bundle"), ("é\n", "__.bundle"),
    ])
    func namesAreHarmless(id: String, name: String) {
        #expect(ExportFormat.bundle.fileName(for: id) == name)
    }

    /// A folder that is torn: what is left is shown, what is missing is said, and the status tells.
    @Test func whatIsLeftOfALogIsShown() throws {
        let path = log.segment
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let shown = try ReplayRun("--log", log.folder, "show", "2")
        var statuses: Set<Int32> = []
        for size in stride(from: 0, to: whole.count, by: 1_024) {
            try whole.prefix(size).write(to: URL(fileURLWithPath: path))
            for command in [["list"], ["verify"], ["show", "2"]] {
                let run = try ReplayRun(["--log", log.folder] + command)
                // What a connection that is over needs may all be there.
                if command == ["show", "2"], run.status == .fine {
                    #expect(run.output == shown.output)
                    continue
                }
                #expect(run.status == .finding || run.status == .unreadable)
                #expect(run.errors.contains("events-00000000000000000001.db"), "\(run.errors)")
                statuses.insert(run.status.rawValue)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole.prefix(size))
        }
        #expect(statuses == [1, 3])
    }
}
