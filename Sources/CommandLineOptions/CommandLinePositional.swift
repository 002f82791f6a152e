/// An argument that is known by its place.
public struct CommandLinePositional: Equatable, Sendable {
    /// How often an argument is given.
    public enum Occurrence: Sendable {
        /// Exactly once.
        case required
        /// Once or not at all; only after the required ones.
        case optional
        /// Any number of times; only as the last one.
        case repeated
    }

    /// What stands for it in the usage text, e.g. `FOLDER`.
    public let name: String
    /// One line for the usage text.
    public let summary: String
    /// How often it is given.
    public let occurrence: Occurrence

    /// A positional made of its parts.
    public init(_ name: String, _ summary: String, _ occurrence: Occurrence = .required) {
        self.name = name
        self.summary = summary
        self.occurrence = occurrence
    }

    /// How the usage text shows it.
    var form: String {
        switch occurrence {
        case .required: name
        case .optional: "[\(name)]"
        case .repeated: "[\(name)]…"
        }
    }
}
