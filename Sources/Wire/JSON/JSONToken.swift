/// One complete value: where it ends and what it is.
struct JSONToken {
    /// Offset of the byte after the value.
    var end: Int
    var kind: JSONKind
    /// Whether the value is a string with a backslash in it.
    var hasEscapes = false
}
