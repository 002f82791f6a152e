import Wire

/// How the end of an answer is told (RFC 9112 §6.3).
enum AnswerFraming: Equatable {
    case chunked
    case length
    case untilClose

    init(_ failures: FailureSet, _ version: HTTPVersion) {
        if failures.has(.contentLength) {
            self = .length
        } else if failures.has(.untilClose) || version == .http10 {
            self = .untilClose
        } else {
            self = .chunked
        }
    }

    /// A part of the body as it is sent.
    func frame(_ bytes: [UInt8]) -> [UInt8] {
        guard self == .chunked else { return bytes }
        var framed: [UInt8] = []
        HTTPChunkWriter.append(bytes.span, to: &framed)
        return framed
    }

    /// The beginning of a part, announced as if the rest of it came too.
    func frame(_ bytes: [UInt8], only count: Int) -> [UInt8] {
        let announcement =
            self == .chunked ? Array("\(String(bytes.count, radix: 16))\r\n".utf8) : []
        return announcement + bytes.prefix(count)
    }

    /// The header fields that say so.
    func fields(bodyBytes: Int) -> HTTPFields {
        switch self {
        case .chunked: ["Transfer-Encoding": "chunked"]
        case .length: ["Content-Length": String(bodyBytes)]
        case .untilClose: ["Connection": "close"]
        }
    }
}
