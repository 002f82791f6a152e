/// A line that grows up to a number of columns.
struct TerminalLine {
    private let limit: Int
    private var bytes: [UInt8] = []
    private var columns = 0
    /// Where to cut so that an ellipsis still fits.
    private var cut = 0

    init(limit: Int) { self.limit = max(0, limit) }

    /// All that has been added.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What was added before it became too much, cut so that the ellipsis at its end fits.
    var cutText: String {
        String(decoding: bytes.prefix(cut), as: UTF8.self) + (limit > 0 ? "…" : "")
    }

    /// Adds characters of one byte and one column each. False: they do not all fit.
    mutating func append(plain: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard !plain.isEmpty else { return true }
        let fitting = plain.prefix(limit - columns)
        bytes.append(contentsOf: fitting)
        columns += fitting.count
        if !fitting.isEmpty { cut = columns < limit ? bytes.count : bytes.count - 1 }
        return fitting.count == plain.count
    }

    /// Adds a character. False: it does not fit.
    mutating func append(_ character: some Collection<UInt8>, columns width: Int) -> Bool {
        guard width <= limit - columns else { return false }
        bytes.append(contentsOf: character)
        columns += width
        if columns < limit { cut = bytes.count }
        return true
    }
}
