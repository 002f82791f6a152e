extension Timestamp {
    /// How long something took: `0.120ms`, `3.2ms`, `61.0s`.
    public static func duration(_ microseconds: Int64) -> String {
        let span = span(microseconds)
        return span.hasPrefix("+") ? String(span.dropFirst()) : span
    }
}
