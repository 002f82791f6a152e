/// The fields of a head in their order. Names are compared without regard to case.
///
/// They are kept as bytes, and become text only where text is asked for: of most fields of a message
/// nobody wants to know.
public struct HTTPFields: Equatable, Sendable {
    /// Where a field ends. Its name begins where the field before it ends, its value where the name does.
    private struct Ends: Equatable, Sendable {
        var name: Int
        var value: Int
    }

    /// Names and values, one behind the other.
    private var bytes: [UInt8] = []
    private var ends: [Ends] = []

    /// No fields.
    public init() {}

    /// Fields in their order.
    public init(_ lines: [HTTPField]) {
        for line in lines { append(line.name, line.value) }
    }

    /// Every field line.
    public var lines: [HTTPField] {
        ends.indices.map { HTTPField(text(name($0)), text(value($0))) }
    }

    /// Whether there is no field.
    public var isEmpty: Bool { ends.isEmpty }

    /// Number of field lines.
    public var count: Int { ends.count }

    /// Adds a field line; one of the same name stays.
    public mutating func append(_ name: String, _ value: String) {
        append(name.utf8.span, value.utf8.span)
    }

    /// Adds a field line made of bytes.
    mutating func append(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        bytes.append(copying: name)
        let nameEnd = bytes.count
        bytes.append(copying: value)
        ends.append(Ends(name: nameEnd, value: bytes.count))
    }

    /// Adds the lines of others.
    public mutating func append(contentsOf others: HTTPFields) {
        let start = bytes.count
        bytes.append(contentsOf: others.bytes)
        for end in others.ends {
            ends.append(Ends(name: start + end.name, value: start + end.value))
        }
    }

    /// The value; several lines of one name are joined by commas (RFC 9110 §5.3). Nil: absent.
    public func value(of name: String) -> String? {
        var combined: String?
        forEachValue(of: name) { place in
            let value = text(place)
            combined = combined.map { $0 + ", " + value } ?? value
        }
        return combined
    }

    /// The values of all lines of the name, in their order.
    public func values(of name: String) -> [String] {
        var values: [String] = []
        forEachValue(of: name) { values.append(text($0)) }
        return values
    }

    /// Whether there is a line of the name.
    public func has(_ name: String) -> Bool {
        var isFound = false
        forEachValue(of: name) { _ in isFound = true }
        return isFound
    }

    /// The media type that the value of the name begins with, as it is written, without its parameters (RFC
    /// 9110 §8.3.1). Nil: absent, or there are several lines and the first has no parameters.
    private func mediaType(in name: String) -> Range<Int>? {
        var first: Range<Int>?
        var lines = 0
        forEachValue(of: name) { value in
            lines += 1
            if lines == 1 { first = value }
        }
        guard let first else { return nil }
        let end = first.first {
            bytes[$0] == ASCII.semicolon || HTTPSyntax.isWhitespace(bytes[$0])
        }
        if end == nil, lines > 1 { return nil }
        return first.lowerBound..<(end ?? first.upperBound)
    }

    /// Whether the value of the name is of this media type.
    func isMediaType(_ type: String, in name: String) -> Bool {
        mediaType(in: name).map { isEqual($0, type) } ?? false
    }

    /// The elements of a field that is a comma-separated list (RFC 9110 §5.6.1), empty ones
    /// left out. Not for lists whose elements may be quoted.
    public func elements(of name: String) -> [String] {
        var elements: [String] = []
        forEachElement(of: name) { elements.append(text($0)) }
        return elements
    }

    /// Whether a list field holds the token, without regard to case (`Connection`, `Upgrade`).
    public func hasToken(_ token: String, in name: String) -> Bool {
        var isFound = false
        forEachElement(of: name) { isFound = isFound || isEqual($0, token) }
        return isFound
    }
}

// What a writer needs.
extension HTTPFields {
    /// Calls `body` with the name and the value of each line.
    func forEach<Failure>(
        _ body: (Span<UInt8>, Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let bytes = bytes.span
        for index in ends.indices {
            try body(bytes.extracting(name(index)), bytes.extracting(value(index)))
        }
    }
}

// Places in `bytes`.
extension HTTPFields {
    private func name(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1].value)..<ends[index].name
    }

    private func value(_ index: Int) -> Range<Int> { ends[index].name..<ends[index].value }

    private func text(_ place: Range<Int>) -> String { bytes.span.text(place) }

    private func isEqual(_ place: Range<Int>, _ text: String) -> Bool {
        let text = text.utf8.span
        guard place.count == text.count else { return false }
        for index in text.indices {
            let byte = bytes[place.lowerBound + index]
            if ASCII.lowercased(byte) != ASCII.lowercased(text[index]) { return false }
        }
        return true
    }

    private func forEachValue(of name: String, _ body: (Range<Int>) -> Void) {
        for index in ends.indices where isEqual(self.name(index), name) { body(value(index)) }
    }

    private func forEachElement(of name: String, _ body: (Range<Int>) -> Void) {
        forEachValue(of: name) { value in
            var start = value.lowerBound
            for comma in value.lowerBound...value.upperBound
            where comma == value.upperBound || bytes[comma] == ASCII.comma {
                let element = trimmed(start..<comma)
                if !element.isEmpty { body(element) }
                start = comma + 1
            }
        }
    }

    private func trimmed(_ place: Range<Int>) -> Range<Int> {
        var (start, end) = (place.lowerBound, place.upperBound)
        while start < end, HTTPSyntax.isWhitespace(bytes[start]) { start += 1 }
        while start < end, HTTPSyntax.isWhitespace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    /// Fields in the order written; a name may come more than once.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}
