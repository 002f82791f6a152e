import EventStore
import Testing

@testable import Projections

/// Logs that lack events, which only damage and retention bring.
struct HoleTests {
    let folder: LogFolderCopy

    init() throws {
        folder = try LogFolderCopy()
        try folder.split(after: 20)
        try folder.seal(1)
    }

    /// What a segment lacks at its end does not come, however often it is looked for.
    @Test func goesOnAfterASegmentWithoutItsLastRows() throws {
        try folder.remove(19...20, from: 1)
        let projector = Projector(folder: folder.path)
        #expect(try projector.catchUp() == Projector.Result(through: 18, events: 18))
        #expect(try projector.catchUp() == Projector.Result(through: 18, events: 0))
        #expect(try projector.catchUp() == Projector.Result(through: 18, events: 0))
        try folder.seal(21)
        #expect(try projector.catchUp() == Projector.Result(through: 47, events: 27))
    }

    /// A hole that is wider than what is taken at once.
    @Test func goesOnAfterAHole() throws {
        let projector = Projector(folder: folder.path, every: 100, batch: 5)
        #expect(try projector.catchUp() == Projector.Result(through: 20, events: 20))
        try folder.seal(21)
        try folder.remove(21...33, from: 21)
        #expect(try projector.catchUp() == Projector.Result(through: 47, events: 14))
        #expect(try projector.catchUp() == Projector.Result(through: 47, events: 0))
    }

    @Test func asksBeforeEachBatch() throws {
        let projector = Projector(folder: folder.path, every: 100, batch: 10)
        _ = try projector.catchUp()
        try folder.seal(21)
        var asked: [Int64] = []
        let stopped = try projector.catchUp { position, _ in
            asked.append(position)
            return position < 30
        }
        #expect(stopped == nil)
        #expect(asked == [20, 30])
        #expect(try projector.catchUp() == Projector.Result(through: 47, events: 17))
    }
}
