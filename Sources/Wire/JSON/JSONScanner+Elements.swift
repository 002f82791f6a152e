extension JSONScanner {
    /// Scans one whole text and, when it is an array, calls `body` with each of its elements, in
    /// order: its bytes, without the whitespace around it, and what it is. Leaves ``members`` empty
    /// then.
    ///
    /// - Returns: whether the text is an array.
    /// - Throws: the first violation in the order of the text; `body` is never called then.
    public mutating func forEachElement(
        ofArray text: Span<UInt8>,
        _ body: (Span<UInt8>, JSONKind) -> Void
    ) throws(JSONViolation) -> Bool {
        guard try scan(text) == .array else { return false }
        // All of it is well-formed: whatever else stands behind an element is a comma.
        let start = JSONGrammar.skipWhitespace(text, from: 0)
        var offset = JSONGrammar.skipWhitespace(text, from: start + 1)
        while text[offset] != JSONByte.closeBracket {
            let value = try scanValue(text, at: offset)
            body(text.extracting(offset..<value.end), value.kind)
            offset = JSONGrammar.skipWhitespace(text, from: value.end)
            if text[offset] == JSONByte.comma {
                offset = JSONGrammar.skipWhitespace(text, from: offset + 1)
            }
        }
        return true
    }
}
