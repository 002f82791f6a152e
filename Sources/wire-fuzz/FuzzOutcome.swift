/// How one input ended.
enum FuzzOutcome {
    /// The parser took it.
    case value
    /// The parser refused it with a typed error.
    case violation
    /// The parser contradicted itself; the text says in what.
    case mismatch(String)
}
