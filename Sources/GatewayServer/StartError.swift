/// Why the gateway cannot start.
public struct StartError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence for the operator.
    public let description: String

    init(_ description: String) { self.description = description }
}
