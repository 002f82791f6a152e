import Events
import Postmortem
import Testing

/// A change of what the gateway sent is found, and at the row that it was made in.
struct MutationTests {
    /// One change of one row.
    struct Mutation: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var bundle: String
        /// Which row: of those of a kind, the one at a place.
        var kind: EventKind
        var index = 0
        /// How much is found: more than 1 where the gateway would have done something else later too.
        var findings = 1
        var change: @Sendable (inout RecordedEvent) -> Void

        init(
            _ name: String,
            _ bundle: String,
            _ kind: EventKind,
            _ index: Int = 0,
            findings: Int = 1,
            _ change: @escaping @Sendable (inout RecordedEvent) -> Void
        ) {
            testDescription = name
            self.bundle = bundle
            self.kind = kind
            self.index = index
            self.findings = findings
            self.change = change
        }
    }

    private static func replacing(
        _ old: String,
        _ new: String
    ) -> @Sendable (inout RecordedEvent) -> Void {
        { row in
            let text = String(decoding: row.body, as: UTF8.self)
            row.body = Array(text.replacing(old, with: new).utf8)
        }
    }

    private static func flipping(_ offset: Int) -> @Sendable (inout RecordedEvent) -> Void {
        { row in row.body[offset < 0 ? row.body.count + offset : offset] ^= 1 }
    }

    /// All of them change what the gateway decided or sent: bytes, numbers and causes.
    static let mutations: [Mutation] = [
        Mutation("first byte of a request", "new-session", .requestSent, 0, flipping(0)),
        Mutation("last byte of a request", "new-session", .requestSent, 0, flipping(-1)),
        Mutation("a byte of the message", "new-session", .requestSent, 0, flipping(40)),
        Mutation("a byte of the session_id", "new-session", .requestSent, 1, flipping(16)),
        Mutation("a request cut short", "new-session", .requestSent, 1) { $0.body.removeLast() },
        Mutation("a request with a byte more", "new-session", .requestSent, 1) {
            $0.body.append(32)
        },
        Mutation("a request without a body", "existing-session", .requestSent, 0) { $0.body = [] },
        Mutation(
            "the session_id gone",
            "existing-session",
            .requestSent,
            0,
            replacing(#""session_id":"abc-123","#, "")
        ),
        Mutation(
            "another session_id",
            "existing-session",
            .requestSent,
            0,
            replacing("abc-123", "abc-124")
        ),
        Mutation("white space in the message", "tools", .requestSent, 1, replacing(": ", ":")),
        // The message it came of would still wait for its turn.
        Mutation("the frame a request came of", "tools", .requestSent, 1, findings: 2) {
            $0.header.cause = 2
        },
        Mutation("a number a request has not", "tools", .requestSent, 0) { $0.header.detail = 1 },
        Mutation("first byte of a refusal", "message-refused", .frameRejected, 0, flipping(0)),
        Mutation(
            "the words of a refusal",
            "message-refused",
            .frameRejected,
            0,
            replacing("nonsense", "nonsenze")
        ),
        Mutation("a refusal of another frame", "all-messages-refused", .frameRejected, 1) {
            $0.header.cause = 2
        },
        Mutation(
            "the last byte of a refusal",
            "all-messages-refused",
            .frameRejected,
            1,
            flipping(-1)
        ),
        Mutation("a close code", "new-session", .connectionClosed, 0) { $0.header.detail = 1001 },
        Mutation(
            "who closed",
            "websocket-violation",
            .connectionClosed,
            0,
            replacing("gateway", "ide")
        ),
        Mutation(
            "why it was closed",
            "heartbeat-missed",
            .connectionClosed,
            0,
            replacing("heartbeats", "heartbeat")
        ),
        Mutation("the cause of a close", "never-messaged", .connectionClosed, 0) {
            $0.header.cause = 1
        },
        Mutation(
            "how many frames were sent",
            "existing-session",
            .framesDelivered,
            0,
            replacing(#""frames":"#, #""frames":1"#)
        ),
        Mutation(
            "how many bytes were sent",
            "existing-session",
            .framesDelivered,
            0,
            replacing(#""bytes":"#, #""bytes":1"#)
        ),
        Mutation("the request that was cancelled", "left-before-session-info", .requestFailed, 0) {
            $0.header.cause = 1
        },
    ]

    @Test func thereAreTwentyOrMore() { #expect(Self.mutations.count >= 20) }

    private static func rows(_ mutation: Mutation) throws -> (rows: [RecordedEvent], index: Int) {
        let bundle = try #require(IncidentBundle.all.first { $0.name == mutation.bundle })
        let rows = try bundle.rows()
        try #require(findings(in: rows) == [])
        let kind = mutation.kind.rawValue
        let places = rows.indices.filter { rows[$0].header.kind == kind }
        try #require(places.indices.contains(mutation.index))
        return (rows, places[mutation.index])
    }

    /// With the checksum it would have been written with, the decision made again shows it.
    @Test(arguments: mutations)
    func theDecisionShowsIt(mutation: Mutation) throws {
        var (rows, index) = try Self.rows(mutation)
        var row = rows[index]
        let before = row
        mutation.change(&row)
        try #require(row != before)
        row.checksum = row.header.checksum(over: row.body.span)
        rows[index] = row
        let found = findings(in: rows)
        #expect(found.first?.position == row.position)
        #expect(found.count == mutation.findings, "\(found.map(\.words))")
        #expect(found.first?.kind.name != "damagedRow")
    }

    /// The place within the body is told too: the first byte that differs.
    @Test(arguments: mutations)
    func theFirstByteIsTold(mutation: Mutation) throws {
        var (rows, index) = try Self.rows(mutation)
        var row = rows[index]
        let before = row
        mutation.change(&row)
        guard row.header == before.header, row.header.knownKind != .framesDelivered else { return }
        row.checksum = row.header.checksum(over: row.body.span)
        rows[index] = row
        let offset = zip(before.body, row.body).prefix { $0 == $1 }
        guard case .divergence(let divergence) = findings(in: rows).first?.kind else {
            Issue.record("no divergence")
            return
        }
        #expect(divergence.place == .body(offset: Array(offset).count))
    }

    /// Changed as a disk or a careless hand does it, the checksum shows it.
    @Test(arguments: mutations)
    func theChecksumShowsIt(mutation: Mutation) throws {
        var (rows, index) = try Self.rows(mutation)
        mutation.change(&rows[index])
        let found = findings(in: rows)
        #expect(found.map(\.kind.name) == ["damagedRow"])
        #expect(found.map(\.position) == [rows[index].position])
    }
}
