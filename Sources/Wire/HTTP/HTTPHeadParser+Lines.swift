extension HTTPHeadParser {
    /// `method SP target SP HTTP/d.d` (RFC 9112 §3), with exactly one space each.
    func requestLine(
        _ input: Span<UInt8>,
        _ line: Range<Int>
    ) throws(HTTPViolation) -> HTTPRequestHead {
        guard let first = input.firstOffset(of: ASCII.space, in: line), first > line.lowerBound,
            let second = input.firstOffset(of: ASCII.space, in: first + 1..<line.upperBound)
        else { throw .malformedRequestLine }
        let method = line.lowerBound..<first
        let target = first + 1..<second
        guard HTTPSyntax.isToken(input.extracting(method)) else { throw .malformedRequestLine }
        guard let version = try version(input, second + 1..<line.upperBound) else {
            throw .malformedRequestLine
        }
        if target.count > limits.maxTargetBytes { throw .targetTooLong }
        for index in target where !HTTPSyntax.isTarget(input[index]) { throw .invalidTarget }
        let head = HTTPRequestHead(
            method: input.text(method),
            target: input.text(target),
            version: version
        )
        guard head.hasTargetOfKnownForm else { throw .invalidTarget }
        return head
    }

    /// `HTTP/d.d SP ddd SP reason` (RFC 9112 §4). The last space may be missing with the reason, as
    /// some servers have it.
    func statusLine(
        _ input: Span<UInt8>,
        _ line: Range<Int>
    ) throws(HTTPViolation) -> HTTPResponseHead {
        let start = line.lowerBound
        guard line.count >= 12, input[start + 8] == ASCII.space,
            let version = try version(input, start..<start + 8)
        else { throw .malformedStatusLine }
        var status = 0
        for index in start + 9..<start + 12 {
            guard let digit = ASCII.decimal(input[index]) else { throw .malformedStatusLine }
            status = status * 10 + digit
        }
        guard (100...599).contains(status), line.count == 12 || input[start + 12] == ASCII.space
        else { throw .malformedStatusLine }
        let reason = min(start + 13, line.upperBound)..<line.upperBound
        for index in reason where !HTTPSyntax.isFieldValue(input[index]) {
            throw .malformedStatusLine
        }
        return HTTPResponseHead(status: status, reason: input.text(reason), version: version)
    }

    /// `HTTP/d.d` (RFC 9112 §2.3); nil when it is not that.
    private func version(
        _ input: Span<UInt8>,
        _ place: Range<Int>
    ) throws(HTTPViolation) -> HTTPVersion? {
        let start = place.lowerBound
        guard place.count == 8, input.hasText("HTTP/", at: start), input[start + 6] == 0x2E,
            let major = ASCII.decimal(input[start + 5]), let minor = ASCII.decimal(input[start + 7])
        else { return nil }
        guard major == 1 else { throw .unsupportedVersion }
        return minor == 0 ? .http10 : .http11
    }

    /// The field lines that are left (RFC 9112 §5).
    func fields(
        _ input: Span<UInt8>,
        _ lines: inout HTTPHeadLines
    ) throws(HTTPViolation) -> HTTPFields {
        var fields = HTTPFields()
        while let line = lines.next(in: input) {
            if fields.count == limits.maxFields { throw .tooManyFields }
            try readField(input, line, into: &fields)
        }
        return fields
    }

    private func readField(
        _ input: Span<UInt8>,
        _ line: Range<Int>,
        into fields: inout HTTPFields
    ) throws(HTTPViolation) {
        if HTTPSyntax.isWhitespace(input[line.lowerBound]) { throw .obsoleteLineFolding }
        guard let colon = input.firstOffset(of: ASCII.colon, in: line), colon > line.lowerBound
        else { throw .invalidFieldName }
        let name = input.extracting(line.lowerBound..<colon)
        guard HTTPSyntax.isToken(name) else { throw .invalidFieldName }
        var start = colon + 1
        var end = line.upperBound
        for index in start..<end where !HTTPSyntax.isFieldValue(input[index]) {
            throw .invalidFieldValue
        }
        while start < end, HTTPSyntax.isWhitespace(input[start]) { start += 1 }
        while start < end, HTTPSyntax.isWhitespace(input[end - 1]) { end -= 1 }
        fields.append(name, input.extracting(start..<end))
    }
}
