/// How values of a type are written in a variable. What `render` gives, `parse` takes.
struct SettingForm<Value: Sendable>: Sendable {
    /// What a value must be, for error messages and documents.
    let values: String
    let parse: @Sendable (String) throws(InvalidSetting) -> Value
    let render: @Sendable (Value) -> String
}

extension SettingForm where Value: Equatable {
    /// One of several words, in any case. A value may have further words; it is shown as the first.
    static func choice(_ words: [(word: String, value: Value)]) -> Self {
        Self(values: list(words.map(\.word))) { (text) throws(InvalidSetting) in
            let wanted = text.lowercased()
            guard let match = words.first(where: { $0.word.lowercased() == wanted }) else {
                throw InvalidSetting()
            }
            return match.value
        } render: { value in
            words.first { $0.value == value }?.word ?? ""
        }
    }

    /// `a, b or c`.
    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension SettingForm where Value: FixedWidthInteger {
    /// A whole number within a range.
    static func integer(_ range: ClosedRange<Value>, of unit: String? = nil) -> Self {
        let kind = unit.map { "a whole number of \($0)" } ?? "a whole number"
        let values = "\(kind) from \(range.lowerBound) to \(range.upperBound)"
        return Self(values: values) { (text) throws(InvalidSetting) in
            guard let number = Value(text), range.contains(number) else { throw InvalidSetting() }
            return number
        } render: { number in
            String(number)
        }
    }
}

extension SettingForm where Value == Int64 {
    /// A time in seconds, kept in microseconds; the range is in whole seconds.
    static func seconds(_ range: ClosedRange<Int64>) -> Self {
        let values = "a number of seconds from \(range.lowerBound) to \(range.upperBound)"
        return Self(values: values) { (text) throws(InvalidSetting) in
            guard let time = DecimalSeconds.microseconds(of: text),
                time >= range.lowerBound * 1_000_000, time <= range.upperBound * 1_000_000
            else { throw InvalidSetting() }
            return time
        } render: { time in
            DecimalSeconds.text(of: time)
        }
    }
}
