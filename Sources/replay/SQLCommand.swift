import CommandLineOptions
import EventStore
import Postmortem
import Wire

/// `replay sql QUERY`: SQL over the whole log.
struct SQLCommand: ReplayCommand {
    static let name = "sql"
    static let syntax = CommandLineSyntax(
        program: "replay sql",
        summary: "Answers an SQL query over all events of the log, as one table events.",
        version: ReplayProgram.version,
        options: SharedOption.all,
        positionals: [CommandLinePositional("QUERY", "one SELECT, in the SQL of SQLite")]
    )
    static let notes = """
        The table has the columns of a segment (docs/event-format.md): position, connection,
        ordinal, cause, at, kind, version, detail, checksum, body. It holds the events that are
        there when the query begins. Conditions on position and connection, and one on kind with =,
        keep it from reading everything. Nothing can be changed.

        Cells are cut to fit; those of programs are not: with --json each line is one row, an
        object with the names of its columns. Bytes are text there; where they are not UTF-8,
        NAME_base64 has them too.

        Exit status: 0 also when there is no row, 2 for a query that is wrong, 3 when the log
        cannot be read.

        examples:
          replay sql 'SELECT kind, count(*) FROM events GROUP BY kind'
          replay sql 'SELECT position, at, body FROM events WHERE connection = 17 AND kind = 6'
          replay sql --json "SELECT json_extract(CAST(body AS TEXT), '$.id') AS id, count(*) AS n
            FROM events WHERE kind = 3 GROUP BY id ORDER BY n DESC LIMIT 10"

        """

    private let query: String

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        query = arguments.positionals.first ?? ""
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let query = try LogQuery(query, over: log)
        if output.isJSON {
            let names = Self.distinct(query.columns)
            while let row = try query.next() {
                try output.writeLine(json: Self.json(names, row))
            }
            return .fine
        }
        var page = SQLTable(query.columns, output)
        while let row = try query.next() { try page.add(row) }
        try page.finish()
        return .fine
    }

    /// Names that repeat get a number, as members of an object must not.
    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.map { name in
            var distinct = name
            var number = 1
            while !seen.insert(distinct).inserted {
                distinct = "\(name):\(number)"
                number += 1
            }
            return distinct
        }
    }

    private static func json(_ names: [String], _ row: [SQLValue]) -> [UInt8] {
        var writer = JSONObjectWriter()
        for (name, value) in zip(names, row) {
            switch value {
            case .null: writer.add(name, json: Array("null".utf8).span)
            case .integer(let number): writer.add(name, number)
            case .real(let number):
                let text = number.isFinite ? "\(number)" : "null"
                writer.add(name, json: Array(text.utf8).span)
            case .text(let text): writer.add(name, text)
            case .blob(let bytes):
                writer.add(name, String(decoding: bytes, as: UTF8.self))
                if (try? UTF8Span(validating: bytes.span)) == nil {
                    writer.add("\(name)_base64", Base64.encode(bytes.span))
                }
            }
        }
        return writer.bytes
    }
}
