/// Writes a flat or nested JSON object, member by member, without spaces.
public struct JSONObjectWriter {
    private var text: [UInt8] = []

    /// An object without members.
    public init() {
        text.reserveCapacity(Self.usualBytes)
        text.append(UInt8(ascii: "{"))
    }

    private static let usualBytes = 96

    /// The finished object.
    public var bytes: [UInt8] {
        var bytes = text
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Adds a string.
    public mutating func add(_ name: String, _ value: String) {
        addName(name)
        JSONString.appendQuoted(value, to: &text)
    }

    /// Adds an integer.
    public mutating func add(_ name: String, _ value: Int64) {
        addName(name)
        text.append(contentsOf: String(value).utf8)
    }

    /// Adds a boolean.
    public mutating func add(_ name: String, _ value: Bool) {
        addName(name)
        text.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Adds an object of strings, in order.
    public mutating func add(_ name: String, _ members: [(String, String)]) {
        var object = JSONObjectWriter()
        for (name, value) in members { object.add(name, value) }
        add(name, json: object.bytes.span)
    }

    /// Adds a value that is already JSON.
    public mutating func add(_ name: String, json: Span<UInt8>) {
        addName(name)
        text.append(copying: json)
    }

    private mutating func addName(_ name: String) {
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        JSONString.appendQuoted(name, to: &text)
        text.append(UInt8(ascii: ":"))
    }
}
