/// How much a log line matters.
public enum LogLevel: Int, Sendable, Comparable {
    /// For those who look for a fault in the gateway.
    case debug
    /// What happens.
    case info
    /// What should not happen, and was dealt with.
    case warning
    /// What went wrong for a user.
    case error

    /// As it stands in the line.
    public var name: String {
        switch self {
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warning: "WARNING"
        case .error: "ERROR"
        }
    }

    /// Less matters less.
    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One line of the operators' log. The wording of those about sessions is an interface: people and
/// monitors search for it.
public struct LogLine: Equatable, Sendable {
    /// How much it matters.
    public var level: LogLevel
    /// The id of the connection at that moment.
    public var id: String
    /// The text.
    public var message: String

    /// A line made of its parts.
    public init(_ level: LogLevel, _ id: String, _ message: String) {
        self.level = level
        self.id = id
        self.message = message
    }
}
