@testable import Wire

/// What a reader makes of bytes, one line for each item, so that a failed test shows both
/// conversations.
enum WebSocketTrace {
    /// Feeds the chunks as a shell does: what is not consumed is given again with the next.
    static func lines(
        _ chunks: [[UInt8]],
        role: WebSocketRole = .server,
        limit: Int = 1 << 20
    ) -> [String] {
        var reader = WebSocketFrameReader(role: role, maxMessageBytes: limit)
        var input: [UInt8] = []
        var lines: [String] = []
        do throws(WebSocketViolation) {
            for chunk in chunks {
                input += chunk
                try drain(&reader, &input, &lines)
            }
        } catch {
            lines.append("violation: \(error) (\(error.closeCode.rawValue))")
        }
        return lines
    }

    private static func drain(
        _ reader: inout WebSocketFrameReader,
        _ input: inout [UInt8],
        _ lines: inout [String]
    ) throws(WebSocketViolation) {
        while true {
            let (consumed, item) = try reader.receive(input.span)
            input.removeFirst(consumed)
            guard let item else { break }
            lines.append(line(item, reader.payload))
        }
    }

    private static func line(_ item: WebSocketItem, _ payload: [UInt8]) -> String {
        let text = String(decoding: payload, as: UTF8.self)
        return switch item {
        case .text(let fragments): "text/\(fragments) \(text)"
        case .binary(let fragments): "binary/\(fragments) \(payload)"
        case .ping: "ping \(text)"
        case .pong: "pong \(text)"
        case .close(let code):
            "close \(code.map { "\($0.rawValue)" } ?? "-") \(WebSocketClose.reason(in: payload))"
        }
    }
}
