import Foundation
import Glibc
import Testing

@testable import replay

/// A log is followed while it is written.
struct FollowTests {
    private static func position(_ line: String) -> String {
        line.split(separator: "\t").dropFirst().first.map(String.init) ?? line
    }

    /// What is there comes first, then what is new; the folder may be empty at the beginning.
    @Test(arguments: [true, false])
    func givesWhatIsNew(beginsEmpty: Bool) throws {
        let log = try GrowingLog()
        if !beginsEmpty { try log.append(#"{"type":"x"}"#) }
        let run = try FollowedRun(["grep", "--type", "x", "--follow", "--log", log.folder])
        if beginsEmpty { try log.append(#"{"type":"x"}"#) }
        #expect(Self.position(try run.line()) == "1")
        for position in 2...5 {
            try log.append(#"{"type":"y"}"#)
            try log.append(#"{"type":"x"}"#)
            #expect(Self.position(try run.line()) == "\(2 * position - 1)")
        }
        #expect(try run.stop() == .fine)
    }

    /// The log rolls to other segments meanwhile, and old ones are sealed.
    @Test func goesOnInTheNextSegment() throws {
        let log = try GrowingLog()
        try log.append("begin")
        let run = try FollowedRun(["grep", "^data: ", "--follow", "--log", log.folder])
        #expect(Self.position(try run.line()) == "1")
        for position in 2...40 {
            try log.append("more", padding: 200_000)
            #expect(Self.position(try run.line()) == "\(position)")
        }
        #expect(log.segments.count > 2)
        #expect(try run.stop(SIGTERM) == .fine)
    }

    @Test func endsAsGrepDoes() throws {
        let log = try GrowingLog()
        try log.append("x")
        let run = try FollowedRun(["grep", "--count", "nothing", "--follow", "--log", log.folder])
        let status = try run.stop()
        #expect(status == .finding)
        #expect(try run.line() == "0")
    }

    /// Nobody would see what is written: it ends, also when nothing ever comes.
    @Test func endsWithItsReader() throws {
        let log = try GrowingLog()
        try log.append("x")
        let run = try FollowedRun(["grep", "x", "--follow", "--log", log.folder])
        _ = try run.line()
        #expect(try run.leave() == .fine)
    }

    @Test func endsBeforeThereIsALog() throws {
        let log = try GrowingLog()
        let run = try FollowedRun(["grep", "x", "--follow", "--log", log.folder])
        #expect(try run.stop() == .fine)
    }

    /// A log that is still to be begun is waited for, a folder that is not there is none.
    @Test func endsWithoutAFolder() throws {
        let log = try GrowingLog()
        let run = try ReplayRun("scan", "--follow", "--log", log.folder + "/none")
        #expect(run.status == .unreadable)
    }

    /// Another log in the same place is not taken for the rest of this one.
    @Test func anotherLogInItsPlace() throws {
        let log = try GrowingLog()
        let other = try GrowingLog()
        for _ in 1...3 { try log.append("x") }
        let run = try FollowedRun(["grep", "x", "--follow", "--log", log.folder])
        for _ in 1...3 { _ = try run.line() }
        try other.append("x")
        let moved = log.folder + "-before"
        try FileManager.default.moveItem(atPath: log.folder, toPath: moved)
        defer { try? FileManager.default.removeItem(atPath: moved) }
        try FileManager.default.createSymbolicLink(
            atPath: log.folder,
            withDestinationPath: other.folder
        )
        #expect(try run.line().contains("the log has been replaced"))
    }
}
