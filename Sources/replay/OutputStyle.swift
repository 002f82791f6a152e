import Glibc

/// How text looks on what it is printed on.
struct OutputStyle {
    /// Columns of a line: the terminal's, or a fixed number for files and pipes.
    let columns: Int
    private let hasColours: Bool

    private static let columnsOfFile = 120

    /// Colours only on a terminal, and not when `NO_COLOR` is set (no-color.org).
    init(descriptor: Int32) {
        let isTerminal = isatty(descriptor) == 1
        hasColours = isTerminal && !Self.isSet("NO_COLOR")
        columns = isTerminal ? Self.terminalColumns(descriptor) : Self.columnsOfFile
    }

    /// Of little weight.
    func dim(_ text: String) -> String { paint(text, "2") }
    /// Of much weight.
    func bold(_ text: String) -> String { paint(text, "1") }
    /// As it should be.
    func good(_ text: String) -> String { paint(text, "32") }
    /// Not as it should be.
    func bad(_ text: String) -> String { paint(text, "31") }
    /// A change.
    func change(_ text: String) -> String { paint(text, "36") }

    private func paint(_ text: String, _ code: String) -> String {
        hasColours && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private static func isSet(_ name: String) -> Bool {
        getenv(name).map { $0.pointee != 0 } ?? false
    }

    private static func terminalColumns(_ descriptor: Int32) -> Int {
        if let text = getenv("COLUMNS"), let columns = Int(String(cString: text)), columns > 0 {
            return columns
        }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return columnsOfFile
        }
        return Int(size.ws_col)
    }
}
