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
        try fields.forEach { name, value throws(HTTPViolation) in
            guard HTTPSyntax.isToken(name) else { throw .invalidFieldName }
            for index in value.indices where !HTTPSyntax.isFieldValue(value[index]) {
                throw .invalidFieldValue
            }
        }
    }

    private static func append(_ fields: HTTPFields, to output: inout [UInt8]) {
        appendLineEnd(to: &output)
        fields.forEach { name, value in
            output.append(copying: name)
            output.append(ASCII.colon)
            output.append(ASCII.space)
            output.append(copying: value)
            appendLineEnd(to: &output)
        }
        appendLineEnd(to: &output)
    }

    private static func appendLineEnd(to output: inout [UInt8]) {
        output.append(ASCII.carriageReturn)
        output.append(ASCII.lineFeed)
    }
}
