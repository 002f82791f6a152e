/// Writes the heads of messages (RFC 9112 §2–5). A head that would not read back as it was meant
/// (a line end in a value: header injection) is refused, and nothing of it is written.
public enum HTTPHeadWriter {
    /// Appends a request's head, blank line included.
    public static func append(
        _ head: HTTPRequestHead,
        to output: inout [UInt8]
    ) throws(HTTPViolation) {
        guard HTTPSyntax.isToken(head.method) else { throw .malformedRequestLine }
        guard !head.target.isEmpty, head.target.utf8.allSatisfy(HTTPSyntax.isTarget) else {
            throw .invalidTarget
        }
        try check(head.fields)
        output.append(contentsOf: head.method.utf8)
        output.append(ASCII.space)
        output.append(contentsOf: head.target.utf8)
        output.append(ASCII.space)
        output.append(contentsOf: head.version.text.utf8)
        append(head.fields, to: &output)
    }

    /// Appends a response's head, blank line included.
    public static func append(
        _ head: HTTPResponseHead,
        to output: inout [UInt8]
    ) throws(HTTPViolation) {
        guard (100...599).contains(head.status),
            head.reason.utf8.allSatisfy(HTTPSyntax.isFieldValue)
        else { throw .malformedStatusLine }
        try check(head.fields)
        output.append(contentsOf: head.version.text.utf8)
        output.append(ASCII.space)
        output.append(contentsOf: String(head.status).utf8)
        output.append(ASCII.space)
        output.append(contentsOf: head.reason.utf8)
        append(head.fields, to: &output)
    }

    private static func check(_ fields: HTTPFields) throws(HTTPViolation) {
        for line in fields.lines {
            guard HTTPSyntax.isToken(line.name) else { throw .invalidFieldName }
            guard line.value.utf8.allSatisfy(HTTPSyntax.isFieldValue) else {
                throw .invalidFieldValue
            }
        }
    }

    private static func append(_ fields: HTTPFields, to output: inout [UInt8]) {
        output.append(contentsOf: lineEnd)
        for line in fields.lines {
            output.append(contentsOf: line.name.utf8)
            output.append(ASCII.colon)
            output.append(ASCII.space)
            output.append(contentsOf: line.value.utf8)
            output.append(contentsOf: lineEnd)
        }
        output.append(contentsOf: lineEnd)
    }

    private static let lineEnd: [UInt8] = [ASCII.carriageReturn, ASCII.lineFeed]
}
