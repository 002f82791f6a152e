/// The query of a target as names and values (WHATWG URL, application/x-www-form-urlencoded).
public struct HTTPQuery: Equatable, Sendable {
    /// The pairs in their order; a name without `=` has the value "".
    public private(set) var items: [HTTPField]

    /// Reads a query without its `?`. A pair that cannot be decoded
    /// (``PercentEncoding/decode(_:)``) is left out.
    public init(_ query: String?) {
        items = []
        for pair in (query ?? "").utf8.split(separator: 0x26) {
            let parts = pair.split(
                separator: ASCII.equals,
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let texts = parts.map {
                PercentEncoding.decode(Substring($0), plusIsSpace: true)
            }
            guard let name = texts[0], let value = texts.count > 1 ? texts[1] : "" else { continue }
            items.append(HTTPField(name, value))
        }
    }

    /// The first value of the name, case-sensitive; nil: absent.
    public func value(of name: String) -> String? {
        items.first { $0.name == name }?.value
    }
}
