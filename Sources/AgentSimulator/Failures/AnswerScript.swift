/// Failures for one POST after the other, read from a text: each line is for one POST and lists the
/// failures of its answer, separated by blanks; `ok` stands for none. Empty lines and lines that
/// begin with `#` do not count. POSTs after the last line are answered without failures.
///
///     # the first answer breaks off, the second is slow and uses CR LF
///     cut-after-session-info
///     slow=200 crlf
///     ok
public struct AnswerScript: Equatable, Sendable {
    /// The failures of the first POST's answer, of the second's, and so on.
    public let answers: [[Failure]]

    /// A script made of its answers.
    public init(_ answers: [[Failure]]) { self.answers = answers }

    /// Reads a script.
    public init(parsing text: String) throws(FailureViolation) {
        var answers: [[Failure]] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            var failures: [Failure] = []
            for word in words where word != "ok" { failures.append(try Failure(parsing: word)) }
            answers.append(failures)
        }
        self.answers = answers
    }

    /// The failures of the POST with this number, counted from 1.
    func failures(ofPost number: Int) -> [Failure] {
        answers.indices.contains(number - 1) ? answers[number - 1] : []
    }
}
