import EventStore
import Events
import Foundation
import Postmortem
import Session
import Testing

@testable import Projections

@Suite("An id stands for its dialogue")
final class DialogueTests: CommitObserver, Sendable {
    private let folder: String

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("dialogue-\(UUID().uuidString)").path
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Connections by their ids in the path and the sessions they are bound to, in order: 1 to 4 are one
    /// dialogue, 5 and 6 are others.
    private static let connections: [(path: String, sessions: [String])] = [
        ("new_1", ["abc-1"]), ("abc-1", ["abc-2"]), ("abc-2", []), ("new_9", ["abc-2"]),
        ("new_5", ["xyz"]), ("", []),
    ]

    private func append(_ connections: Range<Int>) throws {
        let log = try EventLog.open(folder: folder, LogOptions(sync: .normal))
        defer { log.close() }
        for index in connections {
            let (path, sessions) = Self.connections[index]
            let batch = EventBatch()
            let number = log.makeConnectionNumber()
            var ordinal: Int64 = 0
            func add(_ kind: EventKind, _ body: String, cause: Int64 = 0, detail: Int64 = 0) {
                ordinal += 1
                let header = EventHeader(
                    kind,
                    connection: number,
                    ordinal: ordinal,
                    cause: cause,
                    at: 1_763_800_000_000_000 + number * 1_000 + ordinal,
                    detail: detail
                )
                batch.append(header, body: Array(body.utf8).span)
            }
            add(.connectionOpened, #"{"id":"\#(path)"}"#)
            add(.frameReceived, #"{"type":"tool_result","call_id":"c"}"#, detail: 1)
            add(.requestSent, "{}", cause: 2)
            for session in sessions {
                let info = #"{"type":"session_info","session_id":"\#(session)"}"#
                add(.chunkReceived, "data: \(info)\n\n", cause: 3)
            }
            add(.streamEnded, "", cause: 3)
            add(.connectionClosed, #"{"by":"ide","reason":""}"#, detail: 1005)
            log.submit(batch, for: self)
        }
    }

    private func answering(to id: String) throws -> [Int64] {
        let log = try LogReader(folder: folder)
        return try ConnectionDirectory(folder: folder, log: log).answering(to: id)
            .map(\.connection)
    }

    @Test("With projections of nothing, of a part and of all", arguments: 0...6)
    func resolves(projected: Int) throws {
        try append(0..<projected)
        if projected > 0 { _ = try Projector(folder: folder).rebuild { _, _ in true } }
        try append(projected..<Self.connections.count)
        for id in ["new_1", "abc-1", "abc-2", "new_9"] {
            #expect(try answering(to: id) == [1, 2, 3, 4], "\(id)")
        }
        #expect(try answering(to: "new_5") == [5])
        #expect(try answering(to: "xyz") == [5])
        #expect(try answering(to: "2") == [2])
        for id in ["", "new_", "abc-3", "7", "ABC-1"] {
            #expect(try answering(to: id).isEmpty, "\(id)")
        }
    }

    func committed(_ batch: EventBatch) {}
    func failed(_ batch: EventBatch, error: StoreError) {
        Issue.record("\(error)")
    }
    func interrupted(_ error: StoreError) {}
    func resumed() {}
}
