import Postmortem

/// Rows of text in columns as wide as their widest cell. Each row is first measured and later made a
/// line. Cells are made safe for a terminal.
struct TextTable {
    private var widths: [Int] = []
    private let columns: Int
    private static let gap = 2
    /// A cell is cut to this, the last column excepted, so that one long id does not push the rest
    /// off the screen.
    private static let cellLimit = 60

    /// Lines are cut to a width.
    init(columns: Int) { self.columns = columns }

    /// Notes how wide the cells of a row are.
    mutating func measure(_ cells: [String]) {
        for (index, cell) in cells.dropLast().enumerated() {
            let width = TerminalText.columns(of: Self.safe(cell))
            if index < widths.count {
                widths[index] = max(widths[index], width)
            } else {
                widths.append(width)
            }
        }
    }

    /// The row as a line.
    func line(_ cells: [String]) -> String {
        var line = ""
        for (cell, width) in zip(cells.dropLast().map(Self.safe), widths) {
            let padding = max(0, width - TerminalText.columns(of: cell)) + Self.gap
            line += cell + String(repeating: " ", count: padding)
        }
        line += cells.last.map { TerminalText.make($0, limit: nil) } ?? ""
        while line.last == " " { line.removeLast() }
        return TerminalText.make(line, limit: columns)
    }

    private static func safe(_ cell: String) -> String {
        TerminalText.make(cell, limit: cellLimit)
    }
}
