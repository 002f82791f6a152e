import Wire

/// The body of a post to the Agent Runtime.
public enum RequestBody {
    /// Wraps a message as it came from the IDE: `{"session_id":…,"message":…}`, without the id while there
    /// is none.
    public static func make(_ message: Span<UInt8>, sessionID: SessionID?) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(message.count + 64)
        body.append(UInt8(ascii: "{"))
        if let sessionID {
            body.append(contentsOf: "\"session_id\":".utf8)
            JSONString.appendQuoted(sessionID.text, to: &body)
            body.append(UInt8(ascii: ","))
        }
        body.append(contentsOf: "\"message\":".utf8)
        body.append(copying: message)
        body.append(UInt8(ascii: "}"))
        return body
    }
}
