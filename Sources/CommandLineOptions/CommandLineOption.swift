/// An option that a program takes, `--name` or `--name VALUE`.
public struct CommandLineOption: Equatable, Sendable {
    /// The name without its dashes.
    public let name: String
    /// A letter that stands for it after a single dash; nil: it has none.
    public let letter: Character?
    /// What stands for the value in the usage text; nil for a flag, which takes no value.
    public let placeholder: String?
    /// One line for the usage text.
    public let summary: String

    /// An option that is there or not.
    public static func flag(
        _ name: String,
        letter: Character? = nil,
        _ summary: String
    ) -> Self {
        Self(name: name, letter: letter, placeholder: nil, summary: summary)
    }

    /// An option with a value: `--name VALUE` or `--name=VALUE`. It may be given several times.
    public static func value(_ name: String, _ placeholder: String, _ summary: String) -> Self {
        Self(name: name, letter: nil, placeholder: placeholder, summary: summary)
    }

    /// How the usage text shows it.
    var form: String {
        (letter.map { "-\($0), " } ?? "") + "--\(name)" + (placeholder.map { " \($0)" } ?? "")
    }

    /// Whether it is meant by this, as written and without a value.
    func isWritten(_ text: String) -> Bool {
        text == "--\(name)" || letter.map { text == "-\($0)" } ?? false
    }
}
