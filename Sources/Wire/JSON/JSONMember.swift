/// One name/value pair of a scanned object, as byte ranges of the text it was scanned from.
public struct JSONMember: Equatable, Sendable {
    /// The name, between its quotes, escapes as written.
    public let key: Range<Int>
    /// The whole value; a string's quotes included.
    public let value: Range<Int>
    /// What the value is.
    public let kind: JSONKind
    /// Whether the name is written with a backslash anywhere.
    public let keyHasEscapes: Bool
    /// Whether the value is a string written with a backslash anywhere.
    public let valueHasEscapes: Bool

    /// What stands between the quotes of a string value, escapes as written; nil for other kinds.
    public var stringContent: Range<Int>? {
        guard kind == .string, value.count >= 2 else { return nil }
        return value.lowerBound + 1..<value.upperBound - 1
    }

    /// A string value, decoded. Nil when the value is no string or holds a lone surrogate.
    ///
    /// - Parameter text: the text that the member was scanned from.
    public func string(in text: Span<UInt8>) -> String? {
        guard let content = stringContent, content.upperBound <= text.count else { return nil }
        return JSONString.decode(text.extracting(content))
    }

    /// Whether the value is a string that, decoded, is exactly `literal`. Allocates nothing unless
    /// the string is written with escapes.
    ///
    /// - Parameter text: the text that the member was scanned from.
    public func isString(_ literal: StaticString, in text: Span<UInt8>) -> Bool {
        guard let content = stringContent, content.upperBound <= text.count else { return false }
        return JSONString.content(
            text.extracting(content),
            equals: literal,
            hasEscapes: valueHasEscapes
        )
    }

    /// Whether the name, decoded, is exactly `name`.
    @inline(__always)
    func isNamed(_ name: StaticString, in text: Span<UInt8>) -> Bool {
        guard keyHasEscapes || key.count == name.utf8CodeUnitCount, key.upperBound <= text.count
        else { return false }
        return JSONString.content(text.extracting(key), equals: name, hasEscapes: keyHasEscapes)
    }

    /// Whether the name, decoded, is exactly `name`, byte for byte.
    func isNamed(_ name: String, in text: Span<UInt8>) -> Bool {
        guard keyHasEscapes || key.count == name.utf8.count, key.upperBound <= text.count
        else { return false }
        let content = text.extracting(key)
        if keyHasEscapes {
            return JSONString.decode(content)?.utf8.elementsEqual(name.utf8) ?? false
        }
        return content.isEqual(to: name.utf8.span)
    }
}
