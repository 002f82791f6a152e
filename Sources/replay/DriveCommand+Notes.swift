extension DriveCommand {
    static let notes = """
        With --gateway each recorded connection is opened again, and the recorded frames are sent in
        the order of the record, also over several connections: by default each when the frames that
        the recorded IDE had been sent before have come. Where the IDE vanished, the connection is
        dropped. Temporary ids are renewed; session_id, call_id and approval_request_id are replaced
        by those that the live system gave at the same place. With --agent the recorded requests are
        posted, one after the other, and the answers compared.

        The same must be: the types of the frames in their order, is_final, where session_info comes
        and that it announces what is the same session throughout, errors, and the end of each
        connection. May differ: ids, times, texts, how often a type repeats in a row, and the reason
        in a Streaming error. With --strict each frame must be the same byte for byte, ids apart.

        A frame that broke WebSocket is not on record: another with the same close code is sent. An IDE
        that did not read is one again, and what it would have read is not compared. Where the gateway
        itself ended, a line on standard error says so, and the gateway is waited for.

        Exit status: 0 the same; 1 different, or the target cannot be reached.

        With --json each line is the frames after one message (part message: connection, live_id,
        message, same, expected, found, difference), the end of a connection (part end: same, expected,
        found), or at last the summary (part summary: connections, differences).

        examples:
          replay drive new_1234567890 --gateway ws://127.0.0.1:8001
          replay --log incident.bundle drive 1 --gateway ws://127.0.0.1:8001 --speed 0
          replay drive abc-123 --agent http://127.0.0.1:8002 --step

        """
}
