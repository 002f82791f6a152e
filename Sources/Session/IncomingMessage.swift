import Wire

/// What the rules say of one text frame of the IDE.
public enum IncomingMessage: Equatable, Sendable {
    /// It goes to the agent. `summary` is for the log line: the type and what it is about.
    case accepted(type: String, summary: String)
    /// It does not; `content` is the text of the error for the IDE.
    case refused(content: String)

    /// Holds a frame against the rules. `scanner` is a spare one.
    init(_ text: Span<UInt8>, scanner: inout JSONScanner) {
        let kind: JSONKind
        do {
            kind = try scanner.scan(text)
        } catch {
            self = .refused(content: "Invalid JSON: \(error)")
            return
        }
        guard kind == .object else {
            self = .refused(content: "Invalid JSON: a message must be an object")
            return
        }
        self = Self.classify(text, scanner)
    }

    /// The refusal of a binary frame.
    static let binary = refused(content: "Invalid JSON: a message must be a text frame, not binary")

    private static func classify(_ text: Span<UInt8>, _ scanner: JSONScanner) -> IncomingMessage {
        guard let member = scanner.member("type", in: text), !isFalsy(member, text) else {
            return .refused(content: "Message type is required")
        }
        guard let type = member.string(in: text), let fields = MessageRules.current.fields[type]
        else {
            let shown = member.string(in: text) ?? string(text.extracting(member.value))
            return .refused(content: "Unknown message type: \(clip(shown))")
        }
        for field in fields {
            guard let fault = fault(of: field, in: text, scanner) else { continue }
            let hint = hint(type: type, field: field.name, in: text, scanner)
            return .refused(content: "Validation error: \(type).\(field.name) \(fault)\(hint)")
        }
        return .accepted(type: type, summary: summary(fields, in: text, scanner))
    }

    private static func fault(
        of field: MessageRules.Field,
        in text: Span<UInt8>,
        _ scanner: JSONScanner
    ) -> String? {
        guard let member = scanner.member(named: field.name, in: text) else {
            return field.isRequired ? "is required" : nil
        }
        if member.kind == .null, !field.isRequired { return nil }
        let fits =
            switch field.shape {
            case .anything: true
            case .string: member.kind == .string
            case .object: member.kind == .object
            case .oneOf(let values): member.string(in: text).map(values.contains) ?? false
            }
        return fits ? nil : "must be \(field.shape.words)"
    }

    /// A mistake that is made again and again gets a word of help.
    private static func hint(
        type: String,
        field: String,
        in text: Span<UInt8>,
        _ scanner: JSONScanner
    ) -> String {
        guard type == "plan_decision", field == "approval_request_id",
            scanner.member("call_id", in: text) != nil
        else { return "" }
        return " (call_id was sent; a plan_decision names its plan by approval_request_id)"
    }

    /// The required fields that are short by nature: not the content.
    private static func summary(
        _ fields: [MessageRules.Field],
        in text: Span<UInt8>,
        _ scanner: JSONScanner
    ) -> String {
        var summary = ""
        for field in fields where field.isRequired && field.name != "content" {
            guard let value = scanner.member(named: field.name, in: text)?.string(in: text)
            else { continue }
            if !summary.isEmpty { summary += ", " }
            summary += field.name
            summary += "="
            summary += clip(value)
        }
        return summary
    }

    /// `""`, 0, false and null were always taken for a missing type.
    private static func isFalsy(_ member: JSONMember, _ text: Span<UInt8>) -> Bool {
        switch member.kind {
        case .null, .false: true
        case .string: member.value.count == 2
        case .number: string(text.extracting(member.value)) == "0"
        default: false
        }
    }

    private static func clip(_ text: String) -> String {
        text.utf8.count <= 200 ? text : String(text.prefix(200))
    }

    private static func string(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
