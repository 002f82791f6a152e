/// Why a line of a `.env` file is refused. The line itself is not shown: it may hold a secret.
public struct DotEnvViolation: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with the line.
    public enum Reason: String, Sendable {
        /// There is no `=`.
        case noEqualsSign = "must be NAME=value, a comment or empty"
        /// What stands before `=` is not a name.
        case invalidName = "the name must be letters, digits and _, and not begin with a digit"
        /// The quote that begins the value does not end.
        case unterminatedQuote = "the quote that begins the value does not end"
        /// After the quoted value comes something else than a comment.
        case textAfterQuote = "after the closing quote only a comment may follow"
    }

    /// The line's number, the first is 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: Reason

    /// The line's number and what is wrong.
    public var description: String { ".env line \(line): \(reason.rawValue)" }
}
