import Session
import Wire

/// One field of a connection's state, with its name in outputs.
public struct StateField: Equatable, Sendable {
    /// What a field holds.
    public enum Value: Equatable, Sendable {
        case none
        case flag(Bool)
        case number(Int64)
        case text(String)
        case messages([SessionState.WaitingMessage])
        case anomalies([Anomaly])
    }

    /// E.g. `turn_request`.
    public var name: String
    /// What it holds.
    public var value: Value
}

extension StateField.Value {
    /// The value on one line; text of peers in it is not yet made safe for a terminal.
    public var words: String {
        switch self {
        case .none: "none"
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let number): "\(number)"
        case .text(let text): text
        case .messages(let messages):
            messages.isEmpty
                ? "none"
                : messages.map { "frame \($0.frame) (\($0.text.count) bytes)" }
                    .joined(separator: ", ")
        case .anomalies(let anomalies):
            anomalies.isEmpty
                ? "none"
                : anomalies.map { "\($0.ordinal): \($0.kind.words)" }.joined(separator: "; ")
        }
    }

    /// The value as JSON: messages are objects with `frame`, `bytes` and `text`, anomalies with `ordinal`
    /// and `text`.
    var json: [UInt8] {
        switch self {
        case .none: return Array("null".utf8)
        case .flag(let flag): return Array("\(flag)".utf8)
        case .number(let number): return Array("\(number)".utf8)
        case .text(let text):
            var json: [UInt8] = []
            JSONString.appendQuoted(text, to: &json)
            return json
        case .messages(let messages):
            return Self.array(messages) { message, writer in
                writer.add("frame", message.frame)
                writer.add("bytes", Int64(message.text.count))
                writer.add("text", String(decoding: message.text, as: UTF8.self))
            }
        case .anomalies(let anomalies):
            return Self.array(anomalies) { anomaly, writer in
                writer.add("ordinal", anomaly.ordinal)
                writer.add("text", anomaly.kind.words)
            }
        }
    }

    private static func array<Element>(
        _ elements: [Element],
        _ write: (Element, inout JSONObjectWriter) -> Void
    ) -> [UInt8] {
        var json = [UInt8(ascii: "[")]
        for element in elements {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            var writer = JSONObjectWriter()
            write(element, &writer)
            json += writer.bytes
        }
        return json + [UInt8(ascii: "]")]
    }
}
