/// Why a text asks for no failure.
public enum FailureViolation: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no failure of this name.
    case unknownName(String)
    /// The failure takes no number, or not this one.
    case invalidArgument(name: String, argument: String)

    /// What is wrong.
    public var description: String {
        switch self {
        case .unknownName(let name): "unknown failure '\(name)'"
        case .invalidArgument(let name, let argument):
            "failure '\(name)' does not take '\(argument)'"
        }
    }
}
