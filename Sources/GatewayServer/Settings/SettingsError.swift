/// Why the gateway cannot start with its settings: every mistake, not only the first.
public struct SettingsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The mistakes, those of the `.env` file's form first.
    public let mistakes: [SettingsMistake]
    /// ``SettingsReading/remarks``: no mistakes, but perhaps part of one.
    public let remarks: [String]

    /// One line for each mistake.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
