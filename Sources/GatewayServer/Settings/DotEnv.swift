/// The text of a `.env` file: `NAME=value` lines, comments, `export` before a name, and values in
/// quotes. In double quotes `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are escapes; in single quotes
/// nothing is. Quoted values may run over several lines. `$NAME` is not expanded.
struct DotEnv {
    /// The values by name; of several for a name, the last.
    private(set) var values: [String: String] = [:]
    /// The lines that are not understood.
    private(set) var violations: [DotEnvViolation] = []

    private var rest: Substring.UnicodeScalarView
    private var line = 1

    /// Reads the text. LF and CRLF end lines, and a byte order mark is passed over.
    init(parsing text: String) {
        rest = text[...].unicodeScalars
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        while !rest.isEmpty {
            let start = line
            do throws(Refusal) {
                try readEntry()
            } catch {
                violations.append(DotEnvViolation(line: start, reason: error.reason))
            }
            skipLine()
        }
    }

    private struct Refusal: Error {
        let reason: DotEnvViolation.Reason
        init(_ reason: DotEnvViolation.Reason) { self.reason = reason }
    }

    private mutating func readEntry() throws(Refusal) {
        skipBlanks()
        if isAtEndOfLine || rest.first == "#" { return }
        var name = takeName()
        if name == "export", skipBlanks() { name = takeName() }
        skipBlanks()
        guard rest.first == "=" else {
            throw Refusal(restOfLine.contains("=") ? .invalidName : .noEqualsSign)
        }
        guard let first = name.unicodeScalars.first, !("0"..."9" ~= first) else {
            throw Refusal(.invalidName)
        }
        rest.removeFirst()
        skipBlanks()
        values[name] = try readValue()
    }

    private mutating func readValue() throws(Refusal) -> String {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            return readBareValue()
        }
        rest.removeFirst()
        let value = try readQuoted(until: quote)
        skipBlanks()
        guard isAtEndOfLine || rest.first == "#" else { throw Refusal(.textAfterQuote) }
        return value
    }

    /// A value without quotes ends before a comment, whose `#` follows a blank, or with the line.
    private mutating func readBareValue() -> String {
        var value = String.UnicodeScalarView()
        while let scalar = rest.first, !isAtEndOfLine {
            if scalar == "#", value.last.map(Self.isBlank) ?? true { break }
            value.append(scalar)
            rest.removeFirst()
        }
        while let last = value.last, Self.isBlank(last) { value.removeLast() }
        return String(value)
    }

    private mutating func readQuoted(until quote: Unicode.Scalar) throws(Refusal) -> String {
        let (start, startLine) = (rest, line)
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == quote { return String(value) }
            if scalar == "\n" { line += 1 }
            if scalar == "\\", quote == "\"", let escaped = rest.first {
                value.append(contentsOf: Self.meaning(ofEscaped: escaped).unicodeScalars)
                // A line that ends in a backslash is counted when its end is read.
                if escaped != "\n" { rest.removeFirst() }
            } else {
                value.append(scalar)
            }
        }
        // The next line is looked at for itself, so that one open quote is one mistake.
        (rest, line) = (start, startLine)
        throw Refusal(.unterminatedQuote)
    }

    /// What a backslash and this character stand for; an unknown pair stands for itself.
    private static func meaning(ofEscaped scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "\"", "\\", "$": String(scalar)
        case "\n": "\\"
        default: "\\\(scalar)"
        }
    }
}

extension DotEnv {
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t"
    }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", "_": true
        default: false
        }
    }

    private var isAtEndOfLine: Bool {
        guard let scalar = rest.first else { return true }
        return scalar == "\n" || (scalar == "\r" && (rest.dropFirst().first ?? "\n") == "\n")
    }

    private var restOfLine: Substring.UnicodeScalarView { rest.prefix { $0 != "\n" } }

    private mutating func takeName() -> String {
        let name = rest.prefix(while: Self.isName)
        rest = rest.dropFirst(name.count)
        return String(name)
    }

    /// Whether there was one.
    @discardableResult
    private mutating func skipBlanks() -> Bool {
        let isBlank = rest.first.map(Self.isBlank) ?? false
        rest = rest.drop(while: Self.isBlank)
        return isBlank
    }

    private mutating func skipLine() {
        rest = rest.drop { $0 != "\n" }
        if rest.popFirst() != nil { line += 1 }
    }
}
