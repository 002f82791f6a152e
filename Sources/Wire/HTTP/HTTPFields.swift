/// The fields of a head in their order. Names are compared without regard to case.
public struct HTTPFields: Equatable, Sendable {
    /// Every field line.
    public private(set) var lines: [HTTPField]

    /// Fields in their order.
    public init(_ lines: [HTTPField] = []) {
        self.lines = lines
    }

    /// Adds a field line; one of the same name stays.
    public mutating func append(_ name: String, _ value: String) {
        lines.append(HTTPField(name, value))
    }

    /// Adds the lines of others.
    public mutating func append(contentsOf others: HTTPFields) {
        lines += others.lines
    }

    /// The value; several lines of one name are joined by commas (RFC 9110 §5.3). Nil: absent.
    public func value(of name: String) -> String? {
        var combined: String?
        for line in lines where ASCII.equal(line.name, name) {
            combined = combined.map { $0 + ", " + line.value } ?? line.value
        }
        return combined
    }

    /// The values of all lines of the name, in their order.
    public func values(of name: String) -> [String] {
        lines.filter { ASCII.equal($0.name, name) }.map(\.value)
    }

    /// The elements of a field that is a comma-separated list (RFC 9110 §5.6.1), empty ones
    /// left out. Not for lists whose elements may be quoted.
    public func elements(of name: String) -> [String] {
        values(of: name).flatMap { value in
            value.utf8.split(separator: ASCII.comma).map { trimmed(Substring($0)) }
        }.filter { !$0.isEmpty }
    }

    /// Whether a list field holds the token, without regard to case (`Connection`, `Upgrade`).
    public func hasToken(_ token: String, in name: String) -> Bool {
        elements(of: name).contains { ASCII.equal($0, token) }
    }

    private func trimmed(_ text: Substring) -> String {
        var bytes = text.utf8
        while let first = bytes.first, HTTPSyntax.isWhitespace(first) { bytes.removeFirst() }
        while let last = bytes.last, HTTPSyntax.isWhitespace(last) { bytes.removeLast() }
        return String(Substring(bytes))
    }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    /// Fields in the order written; a name may come more than once.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { HTTPField($0.0, $0.1) })
    }
}
