import CSQLite
import EventStore
import Foundation
import Postmortem
import Testing

@testable import Projections

/// Projections that others read or change meanwhile.
struct ChangingProjectionsTests {
    let folder: LogFolderCopy

    init() throws { folder = try LogFolderCopy() }

    /// The first part of the log is projected, and the second sealed.
    private func prepare(cut: Int64) throws -> (directory: ConnectionDirectory, Projector) {
        try folder.split(after: cut)
        try folder.seal(1)
        let projector = Projector(folder: folder.path)
        _ = try projector.catchUp()
        try folder.seal(cut + 1)
        let log = try LogReader(folder: folder.path)
        return (ConnectionDirectory(folder: folder.path, log: log), projector)
    }

    private func folded() throws -> [ConnectionSummary] {
        var summaries = ConnectionSummaries()
        try LogReader(folder: folder.path).forEach { position, header, checksum, body in
            summaries.take(position: position, header, checksum: checksum, body)
            return true
        }
        return summaries.connections
    }

    /// The gateway brings the file up to date after a reader has opened it.
    @Test(arguments: 1...46 as ClosedRange<Int64>)
    func readsAFileThatIsBroughtFurther(cut: Int64) throws {
        let (directory, projector) = try prepare(cut: cut)
        #expect(try projector.catchUp()?.events == 47 - cut)
        #expect(try directory.all() == folded())
    }

    /// And while the reader is between two events.
    @Test(arguments: 1...46 as ClosedRange<Int64>)
    func readsAFileThatIsBeingBroughtFurther(cut: Int64) throws {
        let (directory, projector) = try prepare(cut: cut)
        var taken: Int64 = 0
        let all = try directory.all { _ in
            if taken == 0 { taken = (try? projector.catchUp()?.events) ?? -1 }
        }
        #expect(taken == 47 - cut)
        #expect(try all == folded())
    }

    @Test(arguments: 1...46 as ClosedRange<Int64>, ["new_1", "abc-1", "abc-2", "new_3", "2"])
    func answersFromAFileThatIsBeingBroughtFurther(cut: Int64, id: String) throws {
        let (directory, projector) = try prepare(cut: cut)
        var isFirst = true
        let found = try directory.answering(to: id) { _ in
            if isFirst { _ = try? projector.catchUp() }
            isFirst = false
        }
        let expected = try folded().filter { "\($0.connection)" == id || $0.answers(to: id) }
        #expect(found.map(\.connection) == expected.map(\.connection))
    }

    /// One who reads the file for long is no reason to make it again, but to come back later.
    @Test func leavesAFileThatIsBeingRead() throws {
        let (_, projector) = try prepare(cut: 20)
        let (before, file) = (try folder.dump(), try folder.fileNumber(folder.projections))
        do {
            var reader: OpaquePointer?
            try #require(sqlite3_open(folder.projections, &reader) == SQLITE_OK)
            defer { sqlite3_close(reader) }
            let sql = "BEGIN; SELECT * FROM projection"
            try #require(sqlite3_exec(reader, sql, nil, nil, nil) == SQLITE_OK)
            let error = #expect(throws: ProjectionsError.self) { try projector.catchUp() }
            #expect(error?.isInUse == true)
        }
        #expect(try folder.dump() == before)
        #expect(try folder.fileNumber(folder.projections) == file)
        #expect(try projector.catchUp() == Projector.Result(through: 47, events: 27))
        #expect(try folder.fileNumber(folder.projections) == file)
    }
}
