import BlockingWebSocket
import Wire

/// Something else came than the conversation asks for.
struct UnexpectedArrival: Error, CustomStringConvertible {
    let description: String

    init(_ arrival: WebSocketArrival, after texts: [String] = []) {
        description = "\(arrival) came, after \(texts.suffix(5))"
    }
}

extension BlockingWebSocket {
    /// A message of the user. The content is JSON text within quotes.
    static func userMessage(_ content: String) -> String {
        #"{"type":"user_message","role":"user","content":"\#(content)"}"#
    }

    /// Sends a message of the user.
    func say(_ content: String) throws { try send(Self.userMessage(content)) }

    /// Waits for a text; pings are passed over.
    func nextText() throws -> String {
        while true {
            switch try receive() {
            case .text(let text): return text
            case .ping: continue
            case let other: throw UnexpectedArrival(other)
            }
        }
    }

    /// The texts up to the one that is the last by its look.
    func texts(through isLast: (String) -> Bool) throws -> [String] {
        var texts: [String] = []
        while true {
            switch try receive() {
            case .text(let text):
                texts.append(text)
                if isLast(text) { return texts }
            case .ping: continue
            case let other: throw UnexpectedArrival(other, after: texts)
            }
        }
    }

    /// The texts of an answer, which ends with a final chunk or an error.
    func answer() throws -> [String] {
        try texts { $0.contains(#""is_final":true"#) || $0.contains(#""type":"error""#) }
    }

    /// Waits for the close frame; what comes before is passed over.
    func nextClose() throws -> (code: WebSocketCloseCode?, reason: String) {
        while true {
            switch try receive() {
            case .text, .ping, .pong, .binary: continue
            case .close(let code, let reason): return (code, reason)
            case let other: throw UnexpectedArrival(other)
            }
        }
    }
}
