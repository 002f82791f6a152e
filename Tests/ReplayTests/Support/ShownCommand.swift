/// A command that a page shows behind `$`, with what it prints below it.
struct ShownCommand: Sendable {
    /// The words of the command, as a shell takes them.
    let words: [String]
    /// What is shown of its output.
    let output: String

    /// Reads the line of the command, without `$`, and the lines below it.
    init(_ command: String, output: ArraySlice<String>) {
        words = Self.words(of: command)
        self.output = output.map { $0 + "\n" }.joined()
    }

    /// Words are parted by spaces; quotes, single or double, keep them together.
    private static func words(of command: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in command {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
