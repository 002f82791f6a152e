import Schema
import Wire

/// The rules for messages of the IDE, read from the JSON Schema that documents them.
struct MessageRules: Sendable {
    /// What one member of a message must be.
    struct Field: Equatable, Sendable {
        var name: String
        var isRequired: Bool
        var shape: Shape
    }

    /// What a value must look like.
    enum Shape: Equatable, Sendable {
        case anything
        case string
        case object
        case oneOf([String])

        /// The end of the sentence "content must be …".
        var words: String {
            switch self {
            case .anything: "any value"
            case .string: "a string"
            case .object: "an object"
            case .oneOf(let values): "one of " + values.joined(separator: ", ")
            }
        }
    }

    /// By message type.
    private(set) var fields: [String: [Field]] = [:]

    /// The rules in force.
    static let current = MessageRules(schema: Schema.messages.span)

    /// Reads the `$defs` of a schema; of its language only what the schema of this project uses.
    init(schema: Span<UInt8>) {
        Self.forEachMember("$defs", in: schema) { type, definition in
            var required: [String] = []
            var scanner = JSONScanner()
            if (try? scanner.scan(definition)) == .object,
                let member = scanner.member("required", in: definition)
            {
                required = JSONString.strings(inArray: definition.extracting(member.value))
            }
            var fields: [Field] = []
            Self.forEachMember("properties", in: definition) { name, property in
                guard name != "type" else { return }
                let isRequired = required.contains(name)
                let shape = Self.shape(property)
                fields.append(Field(name: name, isRequired: isRequired, shape: shape))
            }
            self.fields[type] = fields
        }
    }

    private static func shape(_ property: Span<UInt8>) -> Shape {
        var scanner = JSONScanner()
        guard (try? scanner.scan(property)) == .object else { return .anything }
        if let values = scanner.member("enum", in: property) {
            return .oneOf(JSONString.strings(inArray: property.extracting(values.value)))
        }
        guard let type = scanner.member("type", in: property) else { return .anything }
        let names =
            type.string(in: property).map { [$0] }
            ?? JSONString.strings(inArray: property.extracting(type.value))
        return names.contains("object") ? .object : .string
    }

    /// Calls `body` with each member of the object that is the member `name` of `text`.
    private static func forEachMember(
        _ name: StaticString,
        in text: Span<UInt8>,
        _ body: (String, Span<UInt8>) -> Void
    ) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(text)) == .object,
            let object = scanner.member(name, in: text)
        else { return }
        let inner = text.extracting(object.value)
        guard (try? scanner.scan(inner)) == .object else { return }
        for member in scanner.members {
            guard let key = JSONString.decode(inner.extracting(member.key)) else { continue }
            body(key, inner.extracting(member.value))
        }
    }
}
