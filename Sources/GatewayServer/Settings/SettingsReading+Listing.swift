extension SettingsReading {
    /// What is in effect: a line `NAME=value  # origin` for each setting, secrets masked. Apart from
    /// those it can be used as a `.env` file.
    public var listing: String {
        let rows = Setting.all.map { setting in
            let value = DotEnv.quoted(setting.shownText(in: settings))
            return ("\(setting.name)=\(value)", "# \(origin(of: setting).rawValue)")
        }
        return Self.columns(rows).joined(separator: "\n") + "\n"
    }

    /// Every setting with what it may be, what it is here and what it is for; for `--help`.
    public var explanation: String {
        Setting.all.map { setting in
            let value = setting.text(in: settings)
            let meaning = setting.meaning.filter { $0 != "`" }
            return """
                  \(setting.name) (\(value))
                      \(setting.values)
                      \(meaning)

                """
        }.joined()
    }

    /// The rows of the documentation's table, in Markdown.
    var documentation: [String] {
        Setting.all.map { setting in
            let value = setting.text(in: settings)
            return "| `\(setting.name)` | `\(value)` | \(setting.values) | \(setting.meaning) |"
        }
    }

    private static func columns(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { left, right in
            left + String(repeating: " ", count: width - left.count + 2) + right
        }
    }
}
