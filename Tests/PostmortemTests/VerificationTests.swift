import Events
import Session
import Testing

@testable import Postmortem

/// What a gateway that does not keep to its rules leaves in the log is found, each thing once.
struct VerificationTests {
    private static let message = #"{"type":"tool_result","call_id":"c"}"#

    /// A conversation with one request on a session.
    private static var conversation: RecordedGateway {
        var gateway = RecordedGateway()
        gateway.open(1, "abc")
        gateway.message(1, message)
        gateway.respond(1)
        gateway.chunk(1, #"{"type":"x"}"#)
        gateway.endOfBody(1)
        gateway.deliver(1)
        return gateway
    }

    /// Changes a row and gives it the checksum it would have been written with.
    private static func forged(
        _ rows: [RecordedEvent],
        _ position: Int,
        _ change: (inout RecordedEvent) -> Void
    ) -> [RecordedEvent] {
        var rows = rows
        change(&rows[position - 1])
        let row = rows[position - 1]
        rows[position - 1].checksum = row.header.checksum(over: row.body.span)
        return rows
    }

    @Test func aBodyThatDiffers() throws {
        let rows = Self.forged(Self.conversation.rows, 3) { row in
            row.body = Array(#"{"session_id":"abd","message":{}}"#.utf8)
        }
        let findings = verify(rows).findings
        #expect(findings.map(\.position) == [3])
        guard case .divergence(let divergence) = findings.first?.kind else {
            Issue.record("\(findings)")
            return
        }
        #expect(divergence.place == .body(offset: 17))
        #expect(
            findings[0].words
                == #"requestSent: bodies differ from byte 17: expected ‹c","message":{"type":"tool_result","cal…›,"#
                + #" recorded ‹d","message":{}}›"#
        )
        #expect(findings[0].heading == "requestSent: the bodies differ from byte 17")
        #expect(
            findings[0].comparison(columns: 60) == [
                #"expected  {"session_id":"abc","message":{"type":"tool_resul…"#,
                #"recorded  {"session_id":"abd","message":{}}"#,
                #"                           ^ byte 17: 0x63 expected, 0x64 recorded"#,
            ]
        )
        let json = String(decoding: findings[0].json, as: UTF8.self)
        #expect(json.hasSuffix(#","differs":"body","offset":17}"#))
    }

    /// The mark stands under the byte whatever comes before it, and a body may just be over.
    @Test(
        arguments: [
            (#"{"a":"Привет"}"#, #"{"a":"Приват"}"#, "Прив", "0xb5 expected, 0xb0 recorded"),
            ("{\u{1B}[31m}", "{\u{1B}[31m", "…1m", "0x7d expected, the end recorded"),
            (
                String(repeating: "漢", count: 30) + "a", String(repeating: "漢", count: 30) + "b",
                "漢", "0x61 expected, 0x62 recorded"
            ),
        ]
    )
    func marksTheByte(wanted: String, found: String, before: String, mark: String) throws {
        let rows = Self.forged(Self.conversation.rows, 3) { $0.body = Array(found.utf8) }
        guard case .divergence(var divergence) = verify(rows).findings.first?.kind else {
            Issue.record("no divergence")
            return
        }
        let same = zip(wanted.utf8, found.utf8).prefix { $0 == $1 }.map { $0 }.count
        divergence.expected.body = Array(wanted.utf8)
        divergence.place = .body(offset: same)
        let finding = Finding(
            position: 3,
            connection: 1,
            ordinal: 3,
            kind: .divergence(divergence)
        )
        let lines = finding.comparison(columns: 120)
        #expect(lines.count == 3)
        let column = try #require(lines[2].firstIndex(of: "^"))
        let width = lines[2][..<column].count
        // Up to the mark both are the same.
        func start(_ line: String) -> String {
            var text = ""
            for character in line {
                if TerminalText.columns(of: text) >= width { break }
                text.append(character)
            }
            return String(text.dropFirst(10))
        }
        #expect(start(lines[0]) == start(lines[1]))
        #expect(start(lines[0]).hasSuffix(before.replacing("…", with: "")))
        #expect(lines[2].hasSuffix(mark))
        #expect(!lines.joined().unicodeScalars.contains { $0.value < 0x20 })
    }

    /// The fault this project is about: the id is known and the request goes without it.
    @Test func aRequestWithoutTheIDItShouldCarry() {
        let rows = Self.forged(Self.conversation.rows, 3) { row in
            row.body = RequestBody.make(Array(Self.message.utf8).span, sessionID: nil)
        }
        let kinds = verify(rows).findings.map(\.kind.name)
        #expect(kinds == ["divergence"])
    }

    @Test(arguments: [Divergence.Place.cause, .detail, .kind])
    func aColumnThatDiffers(place: Divergence.Place) {
        let rows = Self.forged(Self.conversation.rows, 3) { row in
            switch place {
            case .cause: row.header.cause = 1
            case .detail: row.header.detail = 7
            case .kind, .body: row.header.kind = EventKind.connectionClosed.rawValue
            }
        }
        guard case .divergence(let divergence) = verify(rows.prefix(3)).findings.first?.kind else {
            Issue.record("no divergence")
            return
        }
        #expect(divergence.place == place)
    }

    /// A gateway that never posted: the decision is missing where another event stands.
    @Test func aMissingDecision() {
        var gateway = RecordedGateway()
        gateway.open(1, "abc")
        gateway.message(1, Self.message)
        let rows = renumbered(Array(gateway.rows.prefix(2)) + [Self.pong])
        #expect(verify(rows).findings.map(\.kind.name) == ["missingDecision"])
        #expect(verify(rows).findings.map(\.position) == [3])
    }

    /// The log may end anywhere: the gateway was killed.
    @Test func anyPrefixIsClean() {
        let rows = RecordedGateway.scene.rows
        for count in rows.indices {
            #expect(verify(rows.prefix(count)).findings == [], "\(count) rows")
        }
    }

    @Test func anUnexpectedDecision() {
        let rows = Self.conversation.rows
        let again = renumbered(rows + [rows[2]])
        #expect(verify(again).findings.map(\.kind.name) == ["unexpectedDecision"])
    }

    @Test func deliveriesAreCounted() {
        let rows = Self.forged(Self.conversation.rows, 7) { row in
            row.body = FramesDelivered(frames: 1, bytes: 11).body
        }
        let expected = FramesDelivered(frames: 1, bytes: 12)
        let recorded = FramesDelivered(frames: 1, bytes: 11)
        #expect(
            verify(rows).findings.map(\.kind)
                == [.deliveryDiffers(expected: expected, recorded: recorded)]
        )
    }

    @Test func anEventThatIsNotThere() {
        var rows = Self.conversation.rows
        rows.remove(at: 3)
        for index in rows.indices { rows[index].position = Int64(index) + 1 }
        let findings = verify(rows).findings
        #expect(findings.map(\.kind) == [.ordinalGap(expected: 4)])
    }

    /// A log whose oldest segments were removed begins in the middle of connections.
    @Test func aLogThatBeginsLater() {
        let rows = RecordedGateway.scene.rows
        for start in rows.indices {
            #expect(verify(rows.dropFirst(start)).findings == [], "from row \(start)")
        }
    }

    /// A close puts what was delivered on record before itself.
    @Test func aDeliveryBetweenDecisionAndOutcome() {
        var gateway = Self.conversation
        gateway.message(1, "[]")
        gateway.closeFrame(1)
        gateway.deliver(1)
        var rows = gateway.rows
        rows.swapAt(rows.count - 2, rows.count - 1)
        #expect(verify(renumbered(rows)).findings == [])
    }

    /// What recovery writes after a crash agrees with the rules.
    @Test func aRestart() {
        var gateway = RecordedGateway()
        gateway.open(1, "abc")
        gateway.message(1, Self.message)
        gateway.message(1, Self.message)
        gateway.fail(1, .gatewayRestarted, "gateway restarted")
        gateway.lose(1)
        #expect(gateway.rows.count == 6)
        #expect(verify(gateway.rows).findings == [])
    }

    /// One connection's damage does not hide another's fault.
    @Test func damageElsewhereHidesNothing() {
        var gateway = Self.conversation
        gateway.open(2, "def")
        gateway.message(2, Self.message)
        var rows = Self.forged(gateway.rows, 10) { row in row.body.append(32) }
        rows[3].body[0] ^= 1
        #expect(verify(rows).findings.map(\.kind.name) == ["damagedRow", "divergence"])
    }

    /// Finished connections are forgotten in the end, and late rows of theirs are no findings.
    @Test func finishedConnectionsAreForgotten() {
        var verification = Verification(isWholeLog: false)
        var findings = 0
        let count = Int64(Verification.finishedLimit) + 10
        for number in 1...count {
            var gateway = RecordedGateway()
            gateway.open(number, "s")
            gateway.lose(number)
            for row in gateway.rows { findings += Self.take(row, &verification) }
        }
        for number in [1, count] {
            var gateway = RecordedGateway()
            gateway.open(number, "s")
            gateway.lose(number)
            gateway.deliver(number)
            findings += Self.take(gateway.rows[2], &verification)
        }
        #expect(findings == 0)
        #expect(verification.openings == Int(count))
    }

    private static func take(_ row: RecordedEvent, _ verification: inout Verification) -> Int {
        verification.take(
            position: row.position,
            row.header,
            checksum: row.checksum,
            row.body.span
        ).count
    }

    private static var pong: RecordedEvent {
        let header = EventHeader(
            .frameReceived,
            connection: 1,
            ordinal: 0,
            at: 0,
            detail: FrameDetail(opcode: 10).detail
        )
        return RecordedEvent(position: 0, header: header, checksum: 0, body: [])
    }

    /// Gives rows of one connection the positions, ordinals and checksums of their places.
    private func renumbered(_ rows: [RecordedEvent]) -> [RecordedEvent] {
        rows.enumerated()
            .map { index, row in
                var row = row
                row.position = Int64(index) + 1
                row.header.ordinal = row.position
                row.checksum = row.header.checksum(over: row.body.span)
                return row
            }
    }

    /// Rows that retention took away under the reader are not lost, and nothing is made of what they held.
    @Test(arguments: [(1, 10), (3, 30), (20, 21), (1, 44)])
    func whatRetentionRemovesIsNotLost(kept: Int, removed: Int) {
        let rows = RecordedGateway.scene.rows
        var verification = Verification(isWholeLog: true)
        var findings: [Finding] = []
        for row in rows[..<kept] + rows[removed...] {
            if row.position == removed + 1 { verification.note(removedThrough: Int64(removed)) }
            findings += verification.take(
                position: row.position,
                row.header,
                checksum: row.checksum,
                row.body.span
            )
        }
        #expect(findings == [])
    }
}
