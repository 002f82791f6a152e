/// One mistake in the settings. Nothing in it is secret.
public enum SettingsMistake: Equatable, Sendable {
    /// A variable has a value that its setting does not take.
    case value(name: String, shown: String, origin: SettingOrigin, reason: String)
    /// A line of the `.env` file is not one.
    case dotEnv(DotEnvViolation)
}

extension SettingsMistake: CustomStringConvertible {
    /// One line that names the variable or the line, and says what it must be.
    public var description: String {
        switch self {
        case .value(let name, let shown, let origin, let reason):
            "\(name)=\(String(reflecting: shown)) (\(origin.rawValue)): \(reason)"
        case .dotEnv(let violation): violation.description
        }
    }
}
