/// Who is at fault.
public enum FaultSide: String, CaseIterable, Sendable {
    /// The IDE.
    case ide
    /// The gateway.
    case gateway
    /// The Agent Runtime.
    case agent
    /// What lies between them.
    case network
    /// Nobody: nothing is wrong, or it cannot be known.
    case nobody

    /// For people.
    public var words: String { self == .ide ? "IDE" : rawValue }
}
