import Wire

extension ConnectionSummary {
    /// One JSON object.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("connection", connection)
        writer.add("opened_at", Timestamp.iso8601(openedAt))
        writer.add("last_at", Timestamp.iso8601(lastAt))
        writer.add("path_id", pathID)
        if let sessionID { writer.add("session_id", sessionID) }
        writer.add("turns", turns)
        writer.add("messages", messages)
        writer.add("chunks", chunks)
        writer.add("frames_delivered", framesDelivered)
        if let closing {
            writer.add("closed_by", closing.side)
            writer.add("close_code", closing.code)
            writer.add("close_reason", closing.reason)
        }
        writer.add("answer_under_way", isAnswerUnderWay)
        writer.add("waiting", waiting)
        writer.add("anomalies", anomalies)
        writer.add("damaged_rows", damagedRows)
        writer.add("notes", json: JSONString.array(of: notes).span)
        return writer.bytes
    }
}
