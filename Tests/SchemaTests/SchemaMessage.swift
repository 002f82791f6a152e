import Foundation
import Schema

/// A message type as the JSON Schema has it, read by Foundation and not by the code under test, and
/// samples made from it.
struct SchemaMessage {
    let type: String
    let required: [String]
    let properties: [String: Any]

    static func all() throws -> [SchemaMessage] {
        let schema = try JSONSerialization.jsonObject(with: Data(Schema.messages)) as? [String: Any]
        let definitions = schema?["$defs"] as? [String: [String: Any]] ?? [:]
        return definitions.map { type, definition in
            SchemaMessage(
                type: type,
                required: definition["required"] as? [String] ?? [],
                properties: definition["properties"] as? [String: Any] ?? [:]
            )
        }
        .sorted { $0.type < $1.type }
    }

    /// The members other than the type.
    var fields: [String] { properties.keys.filter { $0 != "type" }.sorted() }

    /// The required members only.
    var smallest: [String: Any] {
        var message: [String: Any] = ["type": type]
        for name in required where name != "type" { message[name] = valid(name).first }
        return message
    }

    /// Values that a member may have.
    func valid(_ name: String) -> [Any] {
        guard let rule = properties[name] as? [String: Any] else { return Self.values }
        if let choices = rule["enum"] as? [String] { return choices }
        let types = Self.types(rule)
        return Self.values.filter { types.contains(Self.type(of: $0)) }
    }

    /// Values that it may not have.
    func invalid(_ name: String) -> [Any] {
        guard let rule = properties[name] as? [String: Any] else { return [] }
        if rule["enum"] != nil { return Self.values }
        let types = Self.types(rule)
        return Self.values.filter { !types.contains(Self.type(of: $0)) }
    }

    static func text(_ message: [String: Any]) throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: message))
    }

    private static var values: [Any] {
        [
            "", "text", "Approve", 0, 1.5, true, false, NSNull(), [Any](), ["x"], [String: Any](),
            ["a": 1],
        ]
    }

    private static func types(_ rule: [String: Any]) -> [String] {
        (rule["type"] as? [String]) ?? (rule["type"] as? String).map { [$0] } ?? []
    }

    private static func type(of value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case is String: "string"
        case is [Any]: "array"
        case is [String: Any]: "object"
        case is Bool: "boolean"
        default: "number"
        }
    }
}
