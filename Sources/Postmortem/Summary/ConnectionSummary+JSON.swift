import Session
import Wire

extension ConnectionSummary {
    /// One JSON object.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("connection", connection)
        writer.add("opened_at", Timestamp.iso8601(openedAt))
        writer.add("last_at", Timestamp.iso8601(lastAt))
        writer.add("path_id", state.pathID)
        if let session = state.identity?.sessionID { writer.add("session_id", session.text) }
        writer.add("turns", Int64(state.turns))
        writer.add("messages", Int64(messages))
        writer.add("chunks", Int64(chunks))
        writer.add("frames_delivered", framesDelivered)
        if case .closed(let closed, let code) = state.link {
            writer.add("closed_by", closed.side.rawValue)
            writer.add("close_code", code)
            writer.add("close_reason", closed.reason)
        }
        writer.add("answer_under_way", state.turn != nil)
        writer.add("waiting", Int64(state.waiting.count))
        writer.add("anomalies", Int64(state.anomalyCount))
        writer.add("damaged_rows", Int64(damagedRows))
        writer.add("notes", json: notesJSON.span)
        return writer.bytes
    }

    private var notesJSON: [UInt8] {
        var text = [UInt8(ascii: "[")]
        for note in notes {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            JSONString.appendQuoted(note, to: &text)
        }
        return text + [UInt8(ascii: "]")]
    }
}
