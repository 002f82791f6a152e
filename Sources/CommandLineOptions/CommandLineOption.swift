/// An option that a program takes, `--name` or `--name VALUE`.
public struct CommandLineOption: Equatable, Sendable {
    /// The name without its dashes.
    public let name: String
    /// What stands for the value in the usage text; nil for a flag, which takes no value.
    public let placeholder: String?
    /// One line for the usage text.
    public let summary: String

    /// An option that is there or not.
    public static func flag(_ name: String, _ summary: String) -> Self {
        Self(name: name, placeholder: nil, summary: summary)
    }

    /// An option with a value: `--name VALUE` or `--name=VALUE`. It may be given several times.
    public static func value(_ name: String, _ placeholder: String, _ summary: String) -> Self {
        Self(name: name, placeholder: placeholder, summary: summary)
    }

    /// How the usage text shows it.
    var form: String { "--\(name)" + (placeholder.map { " \($0)" } ?? "") }
}
