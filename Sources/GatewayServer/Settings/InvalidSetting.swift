/// Why a text is not a value of its setting.
struct InvalidSetting: Error, Equatable {
    /// What is wrong; nil: the text is simply not one of the setting's values.
    var reason: String?
}
