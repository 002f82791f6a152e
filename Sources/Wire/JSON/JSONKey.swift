/// The name of an object's member, and where its value starts.
struct JSONKey {
    /// The name, between its quotes.
    var content: Range<Int>
    /// Whether a backslash is in it.
    var hasEscapes: Bool
    /// Offset of the value's first byte, inside the text.
    var valueStart: Int
}
