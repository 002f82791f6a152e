import Postmortem

/// Rows of text in columns as wide as their widest cell. Cells are made safe for a terminal.
struct TextTable {
    private var rows: [[String]]
    private static let gap = 2
    /// A cell is cut to this, the last column excepted, so that one long id does not push the rest
    /// off the screen.
    private static let cellLimit = 60

    init(_ titles: [String]) { rows = [titles] }

    mutating func add(_ cells: [String]) {
        let last = cells.count - 1
        rows.append(
            cells.enumerated()
                .map { index, cell in
                    TerminalText.make(cell, limit: index < last ? Self.cellLimit : nil)
                }
        )
    }

    /// The lines, cut to a width.
    func lines(columns: Int) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { TerminalText.columns(of: $0[column]) }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row.dropLast(), widths) {
                let padding = width - TerminalText.columns(of: cell) + Self.gap
                line += cell + String(repeating: " ", count: padding)
            }
            line += row.last ?? ""
            while line.last == " " { line.removeLast() }
            return TerminalText.make(line, limit: columns)
        }
    }
}
