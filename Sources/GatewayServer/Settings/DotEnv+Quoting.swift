extension DotEnv {
    /// A value as it can stand after `NAME=`: in double quotes when it would be read otherwise.
    static func quoted(_ value: String) -> String {
        guard needsQuotes(value) else { return value }
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\n": text += #"\n"#
            case "\r": text += #"\r"#
            case "\"", "\\", "$": text += "\\\(scalar)"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    private static func needsQuotes(_ value: String) -> Bool {
        value.unicodeScalars.contains { " \t\r\n\"'\\#$".unicodeScalars.contains($0) }
    }
}
