/// Finds the end of an array or object inside a text, however deep it nests, without recursion.
///
/// What may come next is one of three expectations, and which container is open decides between
/// them after a comma:
///
///     value ──scalar, {} or []──▶ separator ──, in an array──▶ value
///     value ──{──▶ key ──:──▶ value
///     value ──[──▶ value            separator ──, in an object──▶ key
///     separator ──} or ]──▶ separator, or the end when nothing is open
struct JSONNesting {
    private enum Expectation {
        case value
        case key
        case separator
    }

    /// The closing byte of each open container, the innermost last. Its capacity is reused.
    private var closers: [UInt8] = []

    /// The offset after the container that opens at `start`.
    ///
    /// - Parameter depth: how many containers may be open at once.
    mutating func end(
        _ text: Span<UInt8>,
        at start: Int,
        depth: Int
    ) throws(JSONViolation) -> Int {
        closers.removeAll(keepingCapacity: true)
        var offset = start
        var expectation = Expectation.value
        repeat {
            guard offset < text.count else { throw .endsEarly(at: text.count) }
            switch expectation {
            case .value:
                (offset, expectation) = try value(text, at: offset, depth: depth)
            case .key:
                offset = try JSONGrammar.key(text, at: offset).valueStart
                expectation = .value
            case .separator:
                (offset, expectation) = try separator(text, at: offset)
            }
        } while !closers.isEmpty
        return offset
    }

    /// Passes a scalar, an empty container or the start of one that is not empty.
    @inline(__always)
    private mutating func value(
        _ text: Span<UInt8>,
        at offset: Int,
        depth: Int
    ) throws(JSONViolation) -> (Int, Expectation) {
        let closer: UInt8
        switch text[offset] {
        case JSONByte.openBrace: closer = JSONByte.closeBrace
        case JSONByte.openBracket: closer = JSONByte.closeBracket
        default:
            let end = try JSONGrammar.scalar(text, at: offset).end
            return (JSONGrammar.skipWhitespace(text, from: end), .separator)
        }
        guard closers.count < depth else { throw .tooDeep(at: offset) }
        closers.append(closer)
        let inside = JSONGrammar.skipWhitespace(text, from: offset + 1)
        if inside < text.count, text[inside] == closer { return try separator(text, at: inside) }
        return (inside, closer == JSONByte.closeBrace ? .key : .value)
    }

    /// Passes a comma or the end of the innermost container.
    @inline(__always)
    private mutating func separator(
        _ text: Span<UInt8>,
        at offset: Int
    ) throws(JSONViolation) -> (Int, Expectation) {
        guard let closer = closers.last else { throw .unexpectedCharacter(at: offset) }
        switch text[offset] {
        case JSONByte.comma:
            let next = JSONGrammar.skipWhitespace(text, from: offset + 1)
            return (next, closer == JSONByte.closeBrace ? .key : .value)
        case closer:
            closers.removeLast()
            // After the outermost container the whitespace is the caller's.
            guard !closers.isEmpty else { return (offset + 1, .separator) }
            return (JSONGrammar.skipWhitespace(text, from: offset + 1), .separator)
        default:
            throw .unexpectedCharacter(at: offset)
        }
    }
}
