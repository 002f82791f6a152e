/// One row of the table of settings: a variable, what it may be and what it is for.
public struct Setting: Sendable {
    /// The name of the environment variable.
    public let name: String
    /// What it may be, with its unit and range, e.g. `a number of seconds from 1 to 300`.
    public let values: String
    /// What it is for.
    public let meaning: String
    /// Whether the value must not be shown.
    public let isSecret: Bool

    /// Puts a text into the settings.
    let assign: @Sendable (String, inout Settings) throws(InvalidSetting) -> Void
    private let render: @Sendable (Settings) -> String

    init<Value>(
        _ name: String,
        _ property: any WritableKeyPath<Settings, Value> & Sendable,
        _ form: SettingForm<Value>,
        _ meaning: String,
        isSecret: Bool = false
    ) {
        self.name = name
        values = form.values
        self.meaning = meaning
        self.isSecret = isSecret
        assign = { (text, settings) throws(InvalidSetting) in
            settings[keyPath: property] = try form.parse(text)
        }
        render = { form.render($0[keyPath: property]) }
    }

    /// The value as it would be written in a variable, secrets too.
    public func text(in settings: Settings) -> String { render(settings) }

    /// The value as it may be shown to anybody.
    public func shownText(in settings: Settings) -> String {
        isSecret ? Self.mask : render(settings)
    }

    /// How a wrong value is shown: not at all when it is a secret or a URL that holds a password.
    func shown(_ value: String) -> String {
        isSecret || value.contains("@") ? Self.mask : value
    }

    private static let mask = "***"
}
