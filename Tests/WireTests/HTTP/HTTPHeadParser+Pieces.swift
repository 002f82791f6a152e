@testable import Wire

/// What came of feeding pieces to a parser.
enum HTTPOutcome<Head: HTTPHead>: Equatable {
    case head(Head, rest: String)
    case needsMore
    case violation(HTTPViolation)
}

extension HTTPOutcome {
    /// The head, when there is one.
    var head: Head? {
        if case .head(let head, _) = self { head } else { nil }
    }
}

extension HTTPHeadParser {
    /// Feeds a request piece by piece, as a shell does, and stops at the first outcome; `rest` is
    /// what is left of all pieces together.
    static func request(
        _ pieces: [[UInt8]],
        limits: HTTPLimits = HTTPLimits()
    ) -> HTTPOutcome<HTTPRequestHead> {
        var parser = HTTPHeadParser(limits: limits)
        return outcome(pieces) { input throws(HTTPViolation) in
            try parser.parseRequest(input.span)
        }
    }

    /// The same for a response.
    static func response(
        _ pieces: [[UInt8]],
        limits: HTTPLimits = HTTPLimits()
    ) -> HTTPOutcome<HTTPResponseHead> {
        var parser = HTTPHeadParser(limits: limits)
        return outcome(pieces) { input throws(HTTPViolation) in
            try parser.parseResponse(input.span)
        }
    }

    private static func outcome<Head>(
        _ pieces: [[UInt8]],
        parse: ([UInt8]) throws(HTTPViolation) -> (head: Head, consumed: Int)?
    ) -> HTTPOutcome<Head> {
        var input: [UInt8] = []
        for piece in pieces {
            input += piece
            do throws(HTTPViolation) {
                guard let (head, consumed) = try parse(input) else { continue }
                let rest = pieces.joined().dropFirst(consumed)
                return .head(head, rest: String(decoding: rest, as: UTF8.self))
            } catch {
                return .violation(error)
            }
        }
        return .needsMore
    }
}
