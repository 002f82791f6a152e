/// The form of the operators' log.
public enum LogFormat: String, Sendable {
    /// `INFO: [id] message`.
    case text
    /// An object a line, with `time`, `level`, `id` and `message`.
    case json
}
