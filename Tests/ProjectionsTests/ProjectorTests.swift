import EventStore
import Events
import Foundation
import Postmortem
import Testing

@testable import Projections

struct ProjectorTests {
    let folder: LogFolderCopy

    init() throws { folder = try LogFolderCopy() }

    /// What one pass over the whole log says.
    private func folded() throws -> [ConnectionSummary] {
        var summaries = ConnectionSummaries()
        try LogReader(folder: folder.path).forEach { position, header, checksum, body in
            summaries.take(position: position, header, checksum: checksum, body)
            return true
        }
        return summaries.connections
    }

    private func stored() throws -> [ConnectionSummary] {
        let log = try LogReader(folder: folder.path)
        let store = try ProjectionStore(opening: folder.projections, for: .read, of: log)
        return try store.summaries(since: 1)
    }

    @Test func saysWhatTheFoldSays() throws {
        let result = try Projector(folder: folder.path).rebuild()
        #expect(result == Projector.Result(through: 47, events: 47))
        #expect(try stored() == folded())
        #expect(try stored().count == 4)
    }

    @Test func keepsBindingsAndTurns() throws {
        _ = try Projector(folder: folder.path).rebuild()
        #expect(
            try folder.rows("SELECT position, connection, earlier_id, session_id FROM bindings")
                == ["7|1|new_1|abc-1"]
        )
        #expect(
            try folder.rows(
                """
                SELECT connection, request, status, chunks, end_kind, end_detail FROM turns
                ORDER BY connection, request
                """
            ) == [
                "1|3|200|2|9|0", "1|11||3|9|2", "2|5||0|10|4", "2|8|429|0|10|5",
                "2|13|200|1|9|0", "3|3||0|10|9",
            ]
        )
    }

    /// Wherever the log is cut into segments, step by step gives what all at once gives.
    @Test(arguments: 1...46 as ClosedRange<Int64>)
    func stepByStepIsAsAllAtOnce(cut: Int64) throws {
        _ = try Projector(folder: folder.path).rebuild()
        let whole = try folder.dump()
        unlink(folder.projections)
        try folder.split(after: cut)
        try folder.seal(1)
        let projector = Projector(folder: folder.path)
        #expect(try projector.catchUp() == Projector.Result(through: cut, events: cut))
        #expect(try projector.catchUp() == Projector.Result(through: cut, events: 0))
        let directory = ConnectionDirectory(
            folder: folder.path,
            log: try LogReader(folder: folder.path)
        )
        #expect(try directory.all() == folded())
        for id in ["new_1", "abc-1", "abc-2", "2", "none"] {
            let expected = try folded().filter { "\($0.connection)" == id || $0.answers(to: id) }
            #expect(try directory.answering(to: id).map(\.connection) == expected.map(\.connection))
        }
        try folder.seal(cut + 1)
        #expect(try projector.catchUp() == Projector.Result(through: 47, events: 47 - cut))
        #expect(try folder.dump() == whole)
        #expect(try stored() == folded())
    }

    @Test func projectsNothingThatIsNotSealed() throws {
        #expect(try Projector(folder: folder.path).catchUp() == nil)
        #expect(access(folder.projections, F_OK) != 0)
    }

    @Test func stopsWhenTold() throws {
        #expect(try Projector(folder: folder.path, every: 10).rebuild { _, _ in false } == nil)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .allSatisfy { $0.hasPrefix("events-") }
        )
        var seen: [Int64] = []
        _ = try Projector(folder: folder.path, every: 10).rebuild { position, end in
            seen.append(position)
            return end == 47
        }
        #expect(seen == [10, 20, 30, 40])
    }

    /// A file that cannot be used is made again.
    @Test(
        arguments: [
            "not a database", "", "PRAGMA user_version = 99", "PRAGMA application_id = 1",
            "UPDATE projection SET checksum = checksum + 1", "DROP TABLE turns",
            "UPDATE projection SET through = 99",
        ]
    )
    func replacesWhatCannotBeUsed(damage: String) throws {
        try folder.seal(1)
        let projector = Projector(folder: folder.path)
        _ = try projector.catchUp()
        let good = try folder.dump()
        if damage.isEmpty || damage.hasPrefix("not") {
            try Data(damage.utf8).write(to: URL(fileURLWithPath: folder.projections))
        } else {
            try folder.change(folder.projections, damage)
        }
        let log = try LogReader(folder: folder.path)
        #expect(try ConnectionDirectory(folder: folder.path, log: log).all() == folded())
        #expect(try projector.catchUp()?.events == 47)
        #expect(try folder.dump() == good)
    }

    /// Pages in the middle of the file are overwritten: the answers come from the log all the same.
    @Test func readsPastDamagedPages() throws {
        _ = try Projector(folder: folder.path).rebuild()
        let file = try #require(FileHandle(forUpdatingAtPath: folder.projections))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4_096 * 2)
        try file.write(contentsOf: Data(repeating: 0xFF, count: Int(size) - 4_096 * 2))
        try file.close()
        let log = try LogReader(folder: folder.path)
        let directory = ConnectionDirectory(folder: folder.path, log: log)
        #expect(try directory.all() == folded())
        #expect(try directory.answering(to: "abc-1").map(\.connection) == [1])
        #expect(try directory.answering(to: "3").map(\.connection) == [3])
    }

    @Test func isForItsOwnerOnly() throws {
        _ = try Projector(folder: folder.path).rebuild()
        var status = stat()
        #expect(stat(folder.projections, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    /// Two at a time: one of them gives way, and readers have one of two good files.
    @Test func oneAtATime() throws {
        try folder.seal(1)
        let projector = Projector(folder: folder.path)
        try ProjectionLock.holding(folderOf: folder.projections) {
            let error = #expect(throws: ProjectionsError.self) { try projector.catchUp() }
            #expect(error?.isInUse == true)
            #expect(error?.description.contains(folder.path) == true)
            #expect(throws: ProjectionsError.self) { try projector.rebuild() }
        }
        #expect(try Projector(folder: folder.path).catchUp() != nil)
    }

    /// Retention takes the first segment: what only that one told of is forgotten.
    @Test func forgetsWhatTheLogHasNoMore() throws {
        let cut = try #require(try folded().first { $0.connection == 3 }?.lastPosition)
        try folder.split(after: cut)
        try folder.seal(1)
        let projector = Projector(folder: folder.path)
        _ = try projector.catchUp()
        unlink(folder.segment(1))
        let log = try LogReader(folder: folder.path)
        let directory = ConnectionDirectory(folder: folder.path, log: log)
        let before = try directory.all()
        #expect(!before.contains { $0.connection == 3 })
        #expect(before == (try folded()))
        try folder.seal(cut + 1)
        _ = try projector.catchUp()
        #expect(try stored().map(\.connection) == folded().map(\.connection))
    }

    /// The same where the projections reach beyond what is gone.
    @Test func answersNothingThatTheLogHasNoMore() throws {
        let gone = try #require(try folded().first { $0.connection == 3 })
        try folder.split(after: gone.lastPosition)
        try folder.seal(1)
        try folder.seal(gone.lastPosition + 1)
        _ = try Projector(folder: folder.path).catchUp()
        unlink(folder.segment(1))
        let log = try LogReader(folder: folder.path)
        let directory = ConnectionDirectory(folder: folder.path, log: log)
        let left = try directory.all().map(\.connection)
        #expect(!left.contains(3))
        #expect(try left.sorted() == folded().map(\.connection).sorted())
        for id in ["3", gone.pathID] + gone.boundTo {
            #expect(try directory.answering(to: id).allSatisfy { left.contains($0.connection) })
        }
    }

    /// Events after a connection's end, which only damage can bring.
    @Test func countsLateEvents() throws {
        try folder.change(
            folder.segment(1),
            "UPDATE events SET connection = 3 WHERE position IN (SELECT max(position) FROM events)"
        )
        _ = try Projector(folder: folder.path).rebuild()
        let late = try stored().first { $0.connection == 3 }
        #expect(late?.damagedRows == 1 && late?.lastPosition == 47)
        #expect(late?.notes.contains("event after the connection's end") == true)
        #expect(try stored() == folded())
    }
}
