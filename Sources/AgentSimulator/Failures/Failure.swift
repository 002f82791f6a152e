/// A failure asked for, with its number when it takes one.
public struct Failure: Equatable, Sendable, CustomStringConvertible {
    /// What is to happen.
    public let kind: FailureKind
    /// The number of a failure that takes one; 0 for others.
    public let argument: Int

    /// A failure; `argument` is brought into the range that the kind takes, and nil stands for the
    /// kind's own default.
    public init(_ kind: FailureKind, _ argument: Int? = nil) {
        self.kind = kind
        let takes = kind.argument
        self.argument =
            takes.map {
                min(max(argument ?? $0.fallback, $0.range.lowerBound), $0.range.upperBound)
            } ?? 0
    }

    /// Reads `NAME` or `NAME=N`.
    public init(parsing text: some StringProtocol) throws(FailureViolation) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        guard let kind = FailureKind(rawValue: name) else { throw .unknownName(name) }
        guard parts.count > 1 else {
            self.init(kind)
            return
        }
        guard let takes = kind.argument, let number = Int(parts[1]), takes.range.contains(number)
        else { throw .invalidArgument(name: name, argument: String(parts[1])) }
        self.init(kind, number)
    }

    /// `NAME` or `NAME=N`.
    public var description: String {
        kind.argument == nil ? kind.rawValue : "\(kind.rawValue)=\(argument)"
    }
}
