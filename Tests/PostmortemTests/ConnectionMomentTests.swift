import Events
import Session
import Testing
import Wire

@testable import Postmortem

struct ConnectionMomentTests {
    private static func moment(after count: Int) -> ConnectionMoment {
        var moment = ConnectionMoment(connection: 1)
        var reading = EventReading()
        let rows = RecordedGateway.scene.rows.filter { $0.header.connection == 1 }
        for row in rows.prefix(count) {
            moment.take(position: row.position, row.header, row.body.span, &reading)
        }
        return moment
    }

    private static func words(_ moment: ConnectionMoment, _ names: [String]) -> [String] {
        names.map { name in
            moment.state.fields.first { $0.name == name }?.value.words ?? "no such field"
        }
    }

    @Test func tellsTheState() {
        let names = ["identity", "id", "link", "turns", "turn_status", "waiting", "closed_by"]
        #expect(
            Self.words(Self.moment(after: 0), names)
                == ["none", "none", "unopened", "0", "none", "none", "none"]
        )
        #expect(
            Self.words(Self.moment(after: 2), names)
                == ["temporary", "new_1", "open", "0", "none", "frame 2 (63 bytes)", "none"]
        )
        #expect(
            Self.words(Self.moment(after: 5), names)
                == ["session", "abc-1", "open", "1", "200", "none", "none"]
        )
        #expect(
            Self.words(Self.moment(after: 19), names)
                == ["session", "abc-1", "closed", "2", "none", "none", "ide"]
        )
    }

    @Test func tellsWhatChanged() {
        let (one, other) = (Self.moment(after: 4), Self.moment(after: 5))
        #expect(one.changes(to: one) == [])
        let changes = one.changes(to: other).map {
            "\($0.name): \($0.before.words) → \($0.after.words)"
        }
        #expect(
            changes == [
                "identity: temporary → session", "id: new_1 → abc-1", "ordinal: 4 → 5",
                "turn_chunks: 0 → 1", "turn_events: 0 → 1",
            ]
        )
        let json = String(decoding: one.json(changesTo: other), as: UTF8.self)
        #expect(json.hasPrefix(#"{"connection":1,"from":{"position":6,"at":"#))
        #expect(json.contains(#"{"field":"id","before":"new_1","after":"abc-1"}"#))
    }

    /// Each field has its name once, whatever the state, and the JSON is an object.
    @Test(arguments: 0...19)
    func isAnObject(count: Int) throws {
        let moment = Self.moment(after: count)
        let names = moment.state.fields.map(\.name)
        #expect(Set(names).count == names.count)
        var scanner = JSONScanner()
        #expect(try scanner.scan(moment.json.span) == .object)
    }
}
