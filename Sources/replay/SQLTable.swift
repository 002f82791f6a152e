import EventStore
import Postmortem

/// Rows of a query as a table for people. The first rows say how wide its columns are, so that a long
/// answer need not be kept.
struct SQLTable {
    private let output: Output
    private var table: TextTable
    private var waiting: [[String]] = []
    private var isBegun = false

    /// How many rows are measured.
    private static let measured = 200

    init(_ columns: [String], _ output: Output) {
        self.output = output
        table = TextTable(columns: output.style.columns)
        waiting = [columns]
        table.measure(columns)
    }

    mutating func add(_ row: [SQLValue]) throws(OutputClosed) {
        let cells = row.map { Self.cell($0, output.style.columns) }
        if isBegun { return try output.writeLine(table.line(cells)) }
        table.measure(cells)
        waiting.append(cells)
        if waiting.count > Self.measured { try begin() }
    }

    mutating func finish() throws(OutputClosed) {
        if !isBegun { try begin() }
    }

    private mutating func begin() throws(OutputClosed) {
        isBegun = true
        for (index, cells) in waiting.enumerated() {
            let line = table.line(cells)
            try output.writeLine(index == 0 ? output.style.bold(line) : line)
        }
        waiting = []
    }

    /// No cell is longer than a line, so that long bodies are not kept.
    private static func cell(_ value: SQLValue, _ columns: Int) -> String {
        switch value {
        case .null: ""
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): TerminalText.make(text, limit: columns)
        case .blob(let bytes): TerminalText.make(bytes, limit: columns)
        }
    }
}
