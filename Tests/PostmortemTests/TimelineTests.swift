import Events
import Session
import Testing

@testable import Postmortem

struct TimelineTests {
    private static func entries(_ connection: Int64) -> [TimelineEntry] {
        var timeline = Timeline()
        return RecordedGateway.scene.rows.filter { $0.header.connection == connection }
            .map { row in
                timeline.take(
                    position: row.position,
                    row.header,
                    checksum: row.checksum,
                    row.body.span
                )
            }
    }

    @Test func tellsAConversation() {
        let lines = Self.entries(1).map { "\($0.direction.rawValue) \($0.title)" }
        #expect(
            lines == [
                "IDE→ opened, id new_1, from 127.0.0.1:5000",
                "IDE→ user_message (role=user)",
                "→agent request without session_id",
                "agent→ response 200",
                "agent→ chunk session_info, session_id abc-1",
                "→IDE IDE has taken 1 frame(s), 44 byte(s), through the event with ordinal 5",
                "agent→ chunk assistant_message",
                "agent→ response ended (endOfBody)",
                "→IDE IDE has taken 2 frame(s), 85 byte(s), through the event with ordinal 7",
                "IDE→ tool_result (call_id=c)",
                "→agent request with session_id abc-1",
                "agent→ chunk session_info, session_id abc-1",
                "agent→ chunk that is not a JSON object",
                "agent→ chunk [DONE]",
                "gateway response ended (doneData)",
                "gateway heartbeat is due",
                "IDE→ close frame 1000",
                "IDE→ closed by ide, code 1000",
                "→IDE IDE has taken 2 frame(s), 85 byte(s), through the event with ordinal 7",
            ]
        )
    }

    /// What the gateway records of itself changes no connection, and nothing is wrong with it.
    @Test func tellsOfTheGateway() {
        let entries = Self.entries(0)
        #expect(entries.first?.title == "gatewayStarted")
        #expect(entries.allSatisfy { $0.direction == .gateway })
        #expect(entries.allSatisfy { $0.anomalies.isEmpty && $0.changes.isEmpty })
    }

    @Test func tellsWhatChanged() {
        let entries = Self.entries(1)
        let change = StateChange(
            part: "identity",
            before: "temporary new_1",
            after: "session abc-1"
        )
        #expect(entries[4].changes == [change])
        #expect(entries[4].outcomes == ["forwarded to the IDE"])
        #expect(entries[11].outcomes == ["not forwarded: repeats the id"])
        #expect(entries[12].anomalies == [.dataNotAnObject])
        #expect(entries[0].sinceLast == nil)
        #expect(entries[1].sinceLast == 1_250)
    }

    private static func outlined(_ connection: Int64) -> [TimelineEntry] {
        let rows = RecordedGateway.scene.rows.filter { $0.header.connection == connection }
        var outline = ConnectionOutline()
        for row in rows { outline.take(row.header) }
        var timeline = Timeline(outline)
        return rows.map { row in
            timeline.take(position: row.position, row.header, checksum: row.checksum, row.body.span)
        }
    }

    /// Message, request, answer and its delivery are one turn.
    @Test func tellsTheTurn() {
        let turns = Self.outlined(1).map { $0.turn.map { "\($0)" } ?? "-" }.joined()
        #expect(turns == "-11111111222222---1")
        // A message that waited belongs to the turn that it became.
        #expect(Self.outlined(2).compactMap { $0.turn.map { "\($0)" } }.joined() == "1121222233333")
        #expect(Self.entries(1).allSatisfy { $0.turn == nil })
    }

    @Test func tellsWhenAFrameWasTaken() {
        let entries = Self.outlined(1)
        let sending = entries.filter(\.sendsFrame).map(\.header.ordinal)
        #expect(sending == [5, 7])
        #expect(entries[4].taking == ConnectionOutline.Taking(ordinal: 6, at: entries[5].header.at))
        #expect(entries[6].taking?.ordinal == 9)
        // Refused messages and failed requests are frames for the IDE as well.
        let other = Self.outlined(2).filter(\.sendsFrame)
        #expect(other.map(\.header.ordinal) == [3, 7, 10])
        #expect(other.allSatisfy { $0.taking?.ordinal == 11 })
        // Without a delivery on record nothing is said of one.
        #expect(Self.entries(1)[4].sendsFrame)
        #expect(Self.entries(1)[4].taking == nil)
    }

    /// Whatever a row holds, it can be told.
    @Test(arguments: UInt8.min...30)
    func anyKind(kind: UInt8) {
        var timeline = Timeline()
        for detail in [Int64.min, -1, 0, 1, 8, .max] {
            let header = EventHeader(
                connection: 1,
                ordinal: .max,
                cause: .min,
                at: detail,
                kind: kind,
                detail: detail
            )
            let entry = timeline.take(position: 1, header, checksum: 0, [0xFF, 0x1B, 0x5B].span)
            #expect(!entry.title.isEmpty)
            #expect(entry.json.first == UInt8(ascii: "{"))
        }
    }
}
