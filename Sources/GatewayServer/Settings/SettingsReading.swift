import Wire

/// The settings with where each comes from.
public struct SettingsReading: Sendable {
    /// The settings.
    public private(set) var settings: Settings
    /// A sentence for each variable that looks like a setting and is none, in order.
    public let remarks: [String]
    private var origins: [String: SettingOrigin] = [:]

    /// Reads every setting of ``Setting/all``. An empty variable counts as not set, except that an
    /// empty secret is a mistake: nobody means the default of a key.
    public init(environment: [String: String], dotEnv: String?) throws(SettingsError) {
        let file = DotEnv(parsing: dotEnv ?? "")
        let sources = [(SettingOrigin.environment, environment), (.dotEnv, file.values)]
        var mistakes = file.violations.map(SettingsMistake.dotEnv)
        settings = Settings(agentURL: Settings.defaultAgentURL)
        remarks = Self.unknownNames(in: [String](environment.keys) + file.values.keys)
            .map(Self.remark)
        for setting in Setting.all {
            guard let (origin, text) = Self.value(of: setting, in: sources) else { continue }
            origins[setting.name] = origin
            do throws(InvalidSetting) {
                try setting.assign(text, &settings)
            } catch {
                mistakes.append(Self.mistake(setting, text, origin, error))
            }
        }
        if settings.useJWT, settings.authServiceURL.scheme == .https {
            mistakes.append(Self.keysNeedTLS(settings, origins))
        }
        if !mistakes.isEmpty { throw SettingsError(mistakes: mistakes, remarks: remarks) }
    }

    /// Where the value of a setting comes from.
    public func origin(of setting: Setting) -> SettingOrigin {
        origins[setting.name] ?? .standard
    }

    /// While tokens are off, the URL of their keys may be any that an existing deployment has.
    private static func keysNeedTLS(
        _ settings: Settings,
        _ origins: [String: SettingOrigin]
    ) -> SettingsMistake {
        let name = "GATEWAY__AUTH_SERVICE_URL"
        return .value(
            name: name,
            shown: settings.authServiceURL.text,
            origin: origins[name] ?? .standard,
            reason: SettingForm.noTLS
        )
    }

    private static func value(
        of setting: Setting,
        in sources: [(SettingOrigin, [String: String])]
    ) -> (SettingOrigin, String)? {
        for (origin, values) in sources {
            guard let value = values[setting.name] else { continue }
            let text = setting.isSecret ? value : trimmed(value)
            if !text.isEmpty || setting.isSecret { return (origin, text) }
        }
        return nil
    }

    private static func trimmed(_ text: String) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let start = text.unicodeScalars.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(start[...last])
    }

    private static func unknownNames(in names: [String]) -> [String] {
        let known = Set(Setting.all.map(\.name))
        let unknown = names.filter { $0.uppercased().hasPrefix("GATEWAY__") && !known.contains($0) }
        return Set(unknown).sorted()
    }

    private static func mistake(
        _ setting: Setting,
        _ text: String,
        _ origin: SettingOrigin,
        _ error: InvalidSetting
    ) -> SettingsMistake {
        .value(
            name: setting.name,
            shown: setting.shown(text),
            origin: origin,
            reason: error.reason ?? "must be \(setting.values)"
        )
    }
}
