/// Checks that a text is JSON, strictly by RFC 8259, and finds the members of a top-level object.
///
/// Nothing is decoded and nothing is copied: the results are byte ranges of the text. A scanner is
/// made to be used again and again; after the first few texts a scan allocates nothing.
public struct JSONScanner: Sendable {
    /// How many members a top-level object may have (RFC 8259 §9 lets a parser set such a limit): what is
    /// kept of one is many times longer than the shortest is in the text.
    public static let maxMembers = 65_536
    /// How many arrays and objects may be open at once.
    private let depthLimit: Int
    private var nesting = JSONNesting()
    /// Room for more members than this is given back, so that one huge text costs its memory once.
    private static let capacityKept = 1024
    /// The members of the object last scanned, in the order of the text, duplicates included. Empty
    /// when the text was no object or was refused.
    public private(set) var members: [JSONMember] = []
    /// Whether one of ``members`` is null.
    public private(set) var hasTopLevelNull = false

    /// A scanner that refuses texts with more than `depthLimit` arrays and objects open at once
    /// (RFC 8259 §9 lets a parser set such a limit); 0 allows only scalars.
    public init(depthLimit: Int = 128) {
        self.depthLimit = depthLimit
    }

    /// Scans one whole text, which may have whitespace around its value, and says what the value is.
    ///
    /// - Throws: the first violation in the order of the text; ``members`` is empty then.
    public mutating func scan(_ text: Span<UInt8>) throws(JSONViolation) -> JSONKind {
        forgetMembers()
        do {
            return try scanText(text)
        } catch {
            forgetMembers()
            throw error
        }
    }

    private mutating func forgetMembers() {
        members.removeAll(keepingCapacity: members.capacity <= Self.capacityKept)
        hasTopLevelNull = false
    }

    private mutating func scanText(_ text: Span<UInt8>) throws(JSONViolation) -> JSONKind {
        let start = JSONGrammar.skipWhitespace(text, from: 0)
        guard start < text.count else { throw .noValue(at: text.count) }
        let value: JSONToken
        switch text[start] {
        case JSONByte.openBrace:
            value = JSONToken(end: try scanObject(text, at: start), kind: .object)
        case 0xEF where Self.startsWithByteOrderMark(text):
            throw .byteOrderMark
        default:
            value = try scanValue(text, at: start)
        }
        let end = JSONGrammar.skipWhitespace(text, from: value.end)
        guard end == text.count else { throw .trailingText(at: end) }
        return value.kind
    }

    private static func startsWithByteOrderMark(_ text: Span<UInt8>) -> Bool {
        text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    }

    /// Collects the members of the object that opens at `start`; gives the offset after it.
    private mutating func scanObject(
        _ text: Span<UInt8>,
        at start: Int
    ) throws(JSONViolation) -> Int {
        guard depthLimit > 0 else { throw .tooDeep(at: start) }
        var offset = JSONGrammar.skipWhitespace(text, from: start + 1)
        if offset < text.count, text[offset] == JSONByte.closeBrace { return offset + 1 }
        while true {
            offset = try scanMember(text, at: offset)
            guard offset < text.count else { throw .endsEarly(at: text.count) }
            switch text[offset] {
            case JSONByte.comma: offset = JSONGrammar.skipWhitespace(text, from: offset + 1)
            case JSONByte.closeBrace: return offset + 1
            default: throw .unexpectedCharacter(at: offset)
            }
        }
    }

    /// Collects one member; gives the offset of what follows its whitespace.
    @inline(__always)
    private mutating func scanMember(
        _ text: Span<UInt8>,
        at offset: Int
    ) throws(JSONViolation) -> Int {
        let key = try JSONGrammar.key(text, at: offset)
        guard members.count < Self.maxMembers else { throw .tooManyMembers(at: offset) }
        let value = try scanValue(text, at: key.valueStart, depth: depthLimit - 1)
        members.append(
            JSONMember(
                key: key.content,
                value: Range(uncheckedBounds: (key.valueStart, value.end)),
                kind: value.kind,
                keyHasEscapes: key.hasEscapes,
                valueHasEscapes: value.hasEscapes
            )
        )
        if value.kind == .null { hasTopLevelNull = true }
        return JSONGrammar.skipWhitespace(text, from: value.end)
    }

    /// Passes one value, which stands in no other.
    mutating func scanValue(
        _ text: Span<UInt8>,
        at offset: Int
    ) throws(JSONViolation) -> JSONToken {
        try scanValue(text, at: offset, depth: depthLimit)
    }

    /// Passes one value, of which at most `depth` containers may be open at once.
    @inline(__always)
    private mutating func scanValue(
        _ text: Span<UInt8>,
        at offset: Int,
        depth: Int
    ) throws(JSONViolation) -> JSONToken {
        switch text[offset] {
        case JSONByte.openBrace:
            JSONToken(end: try nesting.end(text, at: offset, depth: depth), kind: .object)
        case JSONByte.openBracket:
            JSONToken(end: try nesting.end(text, at: offset, depth: depth), kind: .array)
        default:
            try JSONGrammar.scalar(text, at: offset)
        }
    }
}
