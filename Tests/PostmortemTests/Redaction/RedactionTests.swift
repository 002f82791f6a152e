import Events
import Foundation
import Session
import Testing
import Wire

@testable import Postmortem

/// Redacted logs say nothing of what was said, and all of what happened.
struct RedactionTests {
    private func redact(_ rows: [RecordedEvent], renamesIDs: Bool = false) -> [RecordedEvent] {
        var redaction = Redaction(renamesIDs: renamesIDs)
        return rows.map { row in
            let (body, checksum) = redaction.take(
                row.header,
                checksum: row.checksum,
                row.body.span
            )
            var redacted = row
            redacted.body = body
            redacted.checksum = checksum
            return redacted
        }
    }

    /// The names of the verdicts, each with its connection and what proves it.
    private func verdicts(_ rows: [RecordedEvent]) -> [String] {
        var fold = VerdictFold()
        for row in rows {
            fold.take(
                position: row.position,
                row.header,
                checksum: row.checksum,
                row.body.span
            )
        }
        fold.finish()
        return fold.takeNew().map { verdict in
            let proofs = verdict.evidence.map { "\($0.position)" }.joined(separator: " ")
            return "\(verdict.name.rawValue) \(verdict.connection) \(verdict.side)"
                + " \(verdict.severity) \(proofs)"
        }
    }

    /// What happened on each connection, without what was said.
    private func story(_ rows: [RecordedEvent]) -> [String] {
        var replays: [Int64: ConnectionReplay] = [:]
        var reading = EventReading()
        return rows.map { row in
            var replay = replays[row.header.connection] ?? ConnectionReplay()
            let step = replay.take(row.header, row.body.span, &reading)
            replays[row.header.connection] = replay
            let effects = step.effects.map { "\($0)".prefix { $0 != "(" } }
            let anomalies = replay.state.anomalies.map { "\($0.kind)".prefix { $0 != "(" } }
            let identity = replay.state.identity.map {
                $0.sessionID == nil ? "temporary" : "session"
            }
            return "\(row.position) \("\(step.event)".prefix { $0 != "(" }) \(effects) \(anomalies)"
                + " \(identity ?? "none") \(replay.state.turns) \(replay.state.waiting.count)"
        }
    }

    @Test(arguments: 0..<150 as Range<UInt64>)
    func hidesWhatWasSaidAndKeepsWhatHappened(seed: UInt64) {
        let conversation = RandomConversation(seed: seed)
        let rows = conversation.gateway.rows
        #expect(verify(rows).findings == [])
        for renames in [false, true] {
            let redacted = redact(rows, renamesIDs: renames)
            let intact = redacted.filter(\.isIntact).count
            #expect(intact == rows.count)
            let found = verify(redacted).findings.map { "\($0.position): \($0.words)" }
            #expect(found == [])
            #expect(story(redacted) == story(rows))
            #expect(verdicts(redacted) == verdicts(rows), "seed \(seed)")
            let text = Data(redacted.flatMap { row -> [UInt8] in row.body + [0] })
            for secret in conversation.secrets where text.range(of: Data(secret)) != nil {
                Issue.record("seed \(seed): \(String(decoding: secret, as: UTF8.self)) is left")
            }
        }
    }

    /// What was wrong is wrong afterwards, at the same place and in the same way.
    @Test(arguments: RecordedGateway.scene.rows.indices)
    func keepsFindings(index: Int) {
        let rows = RecordedGateway.scene.rows
        for offset in rows[index].body.indices where offset % 3 == index % 3 {
            for repairs in [false, true] {
                var changed = rows
                changed[index].body[offset] ^= 1
                if repairs { changed[index].checksum = changed[index].correctChecksum }
                let before = verify(changed).findings
                let after = verify(redact(changed)).findings
                let places = before.map { "\($0.position) \($0.kind.name)" }
                #expect(after.map { "\($0.position) \($0.kind.name)" } == places, "\(offset)")
            }
        }
    }

    @Test(arguments: [
        (
            #"{"type":"a_b","content":"Hi \"you\" \u00e9é","n":[1,"two",{"k":"v"}]}"#,
            #"{"type":"a_b","content":"xxxxxxxxxxxxxxxxxxx","x":[1,"xxx",{"x":"x"}]}"#
        ),
        (
            #"{"type":"two words","role":"user","decision":"no"}"#,
            #"{"type":"xxxxxxxxx","role":"user","decision":"xx"}"#
        ),
        (
            #"{"session_id":"abc-1","call_id":"c-1","arguments":{"session_id":"abc"}}"#,
            #"{"session_id":"abc-1","call_id":"c-1","arguments":{"session_id":"xxx"}}"#
        ),
        (#"{"session_id":"a b"}"#, #"{"session_id":"ss1"}"#),
        (#"{"type":"session_info","session_id":"a"#, "xxxxxxxxxsession_infoxxxsession_idxxxx"),
        ("[\"session_info\",\"s\"]", "[\"session_info\",\"x\"]"),
        ("{} trailing\nline", "xxxxxxxxxxx\nxxxx"), ("", ""), ("4711", "1111"),
        (
            #"{"arguments":{"pin":4711,"rates":[0,-0.25,60E+23,true]},"type":0}"#,
            #"{"arguments":{"xxx":1111,"xxxxx":[0,-1.11,11E+11,true]},"type":0}"#
        ),
    ])
    func redactsJSON(text: String, expected: String) {
        var json = JSONRedaction()
        var ids = IDRenaming(renamesAll: false)
        let redacted = json.redact(Array(text.utf8), &ids)
        #expect(String(decoding: redacted, as: UTF8.self) == expected)
    }

    /// The gateway's own numbers say what happened.
    @Test(arguments: [
        (#"{"frames":12,"bytes":4711}"#, JSONRedaction.Envelope.record),
        (#"{"id":"abc","queue_messages":16,"missed_heartbeats":2}"#, .opening),
    ])
    func keepsNumbersOfTheGateway(text: String, envelope: JSONRedaction.Envelope) {
        var json = JSONRedaction()
        var ids = IDRenaming(renamesAll: false)
        let redacted = json.redact(Array(text.utf8), as: envelope, &ids)
        #expect(String(decoding: redacted, as: UTF8.self) == text)
    }

    @Test(arguments: [
        ("data: {\"token\":\"a\"}\r\n\r\n", "data: {\"token\":\"x\"}\r\n\r\n"),
        ("data: [DONE]\n\n", "data: [DONE]\n\n"),
        ("event: done\ndata:secret\n\n", "event: done\ndata:xxxxxx\n\n"),
        (": ping\nid: 17\nretry: 5\nretry: a\n\n", ": xxxx\nid: 17\nretry: 5\nretry: x\n\n"),
        ("data: {\rdata:\"a\":\ndata: \"b\"}\n\n", "data: {\rdata:\"x\":\ndata: \"x\"}\n\n"),
        ("data\nword\ncookie: a=b\n\n", "data\nxxxx\nxxxxxxxxxxx\n\n"),
        ("\u{FEFF}data: {\"a\":1}\n\n", "\u{FEFF}data: {\"x\":1}\n\n"),
    ])
    func redactsBlocks(block: String, expected: String) {
        var json = JSONRedaction()
        var ids = IDRenaming(renamesAll: false)
        let redacted = BlockRedaction.redact(Array(block.utf8), isFirst: true) {
            json.redact($0, &ids)
        }
        #expect(String(decoding: redacted, as: UTF8.self) == expected)
    }

    @Test func redactsHeads() {
        let head = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Set-Cookie: session=geheim\r
            no field\r
            \r

            """
        #expect(
            String(decoding: HeadRedaction.redact(Array(head.utf8)), as: UTF8.self) == """
                HTTP/1.1 200 OK\r
                Content-Type: text/event-stream\r
                Set-Cookie: xxxxxxxxxxxxxx\r
                xx xxxxx\r
                \r

                """
        )
        // A line end within a line hides nothing.
        let split = HeadRedaction.redact(Array("HTTP/1.1 200 OK\r\nDate: a\rCookie: b\r\n".utf8))
        #expect(
            String(decoding: split, as: UTF8.self) == "HTTP/1.1 200 OK\r\nDate: x\rxxxxxxx x\r\n"
        )
        let odd = HeadRedaction.redact(Array("HTTP/1.1 200 geheim\r\n".utf8))
        #expect(String(decoding: odd, as: UTF8.self) == "HTTP/1.1 200 xxxxxx\r\n")
        let none = HeadRedaction.redact(Array("geheim: 1".utf8))
        #expect(String(decoding: none, as: UTF8.self) == "xxxxxxx x")
    }

    @Test func redactsTargets() {
        var ids = IDRenaming(renamesAll: true)
        func redact(_ target: String) -> String { TargetRedaction.redact(target, &ids) }
        #expect(redact("/api/v1/ws/new_17") == "/api/v1/ws/new_01")
        #expect(
            redact("/sessions/abc/history?limit=5&q=geheim")
                == "/sessions/ss2/history?limit=5&x=xxxxxx"
        )
        #expect(
            redact("/api/v1/ws/new_17?token=4711&code=12") == "/api/v1/ws/new_01?xxxxx=xxxx&xxxx=xx"
        )
        #expect(redact("/agents/4711/current?limit=x5") == "/agents/xxxx/current?limit=xx")
        #expect(redact("/agents/geheim?session_id=abc") == "/agents/xxxxxx?session_id=ss2")
    }

    @Test func renamesOneToOne() {
        var ids = IDRenaming(renamesAll: true)
        let originals = ["a", "b", "abc-1", "abc-2", "new_", "new_1", "new_2", "é é"]
        let names = originals.map { ids.name(of: $0) }
        #expect(Set(names).count == names.count)
        let again = originals.map { ids.name(of: $0) }
        #expect(again == names)
        for (name, original) in zip(names, originals) {
            #expect(name.utf8.count == original.utf8.count)
            #expect(name.hasPrefix("new_") == original.hasPrefix("new_"))
        }
        var kept = IDRenaming(renamesAll: false)
        #expect(kept.name(of: "abc-1") == "abc-1")
        #expect(kept.name(of: "") == "")
        #expect(kept.name(of: "what I said") != "what I said")
    }
}

extension RecordedEvent {
    fileprivate var correctChecksum: UInt32 { header.checksum(over: body.span) }
}
