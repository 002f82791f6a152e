/// Where the value of a setting comes from.
public enum SettingOrigin: String, Sendable {
    /// A variable of the process.
    case environment
    /// The `.env` file.
    case dotEnv = ".env"
    /// Nobody has set it.
    case standard = "default"
}
