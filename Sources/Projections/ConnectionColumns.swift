import EventStore
import Postmortem
import Wire

/// How a row of the table `connections` is written and read. The one place that knows the order of
/// its columns.
enum ConnectionColumns {
    private static let names = """
        connection, opened_position, opened_at, last_position, last_at, path_id, session_id,
        closed_position, closed_at, close_code, closed_by, close_reason, events, turns, messages,
        chunks, frames_delivered, waiting, damaged_rows, anomalies, anomaly_words, has_opening,
        answer_under_way
        """
    private static let count = 23

    static var upsert: String {
        let values = Array(repeating: "?", count: count).joined(separator: ",")
        return "INSERT OR REPLACE INTO connections(\(names)) VALUES(\(values))"
    }

    /// The rows that ``read(_:)`` reads.
    static func select(where condition: String) -> String {
        "SELECT \(names) FROM connections WHERE \(condition) ORDER BY opened_position"
    }

    static func bind(
        _ summary: ConnectionSummary,
        to row: borrowing Statement
    ) throws(StoreError) {
        row.bind(summary.connection, at: 1)
        row.bind(summary.firstPosition, at: 2)
        row.bind(summary.openedAt, at: 3)
        row.bind(summary.lastPosition, at: 4)
        row.bind(summary.lastAt, at: 5)
        try row.bind(summary.pathID, at: 6)
        try row.bind(summary.sessionID, at: 7)
        row.bind(summary.closing?.position, at: 8)
        row.bind(summary.closing?.at, at: 9)
        row.bind(summary.closing?.code, at: 10)
        try row.bind(summary.closing?.side, at: 11)
        try row.bind(summary.closing?.reason, at: 12)
        row.bind(summary.events, at: 13)
        row.bind(summary.turns, at: 14)
        row.bind(summary.messages, at: 15)
        row.bind(summary.chunks, at: 16)
        row.bind(summary.framesDelivered, at: 17)
        row.bind(summary.waiting, at: 18)
        row.bind(summary.damagedRows, at: 19)
        row.bind(summary.anomalies, at: 20)
        let words = JSONString.array(of: summary.anomalyWords)
        try row.bind(String(decoding: words, as: UTF8.self), at: 21)
        row.bind(summary.hasOpening ? 1 : 0, at: 22)
        row.bind(summary.isAnswerUnderWay ? 1 : 0, at: 23)
    }

    static func read(_ row: borrowing Statement) -> ConnectionSummary {
        var summary = ConnectionSummary(
            connection: row.integer(0),
            firstPosition: row.integer(1),
            at: row.integer(2)
        )
        summary.lastPosition = row.integer(3)
        summary.lastAt = row.integer(4)
        summary.pathID = row.text(5) ?? ""
        summary.sessionID = row.text(6)
        if !row.isNull(7) {
            summary.closing = ConnectionSummary.Closing(
                position: row.integer(7),
                at: row.integer(8),
                side: row.text(10) ?? "",
                code: row.integer(9),
                reason: row.text(11) ?? ""
            )
        }
        summary.events = row.integer(12)
        summary.turns = row.integer(13)
        summary.messages = row.integer(14)
        summary.chunks = row.integer(15)
        summary.framesDelivered = row.integer(16)
        summary.waiting = row.integer(17)
        summary.damagedRows = row.integer(18)
        summary.anomalies = row.integer(19)
        summary.anomalyWords = JSONString.strings(inArray: (row.text(20) ?? "").utf8.span)
        summary.hasOpening = row.integer(21) != 0
        summary.isAnswerUnderWay = row.integer(22) != 0
        return summary
    }
}
