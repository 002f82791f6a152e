/// One thing that a bundle says of itself, a row of its table `bundle`.
public struct BundleFact: Equatable, Sendable {
    /// Which thing.
    public var name: String
    /// The connection that it is about; 0: the bundle as a whole.
    public var connection: Int64
    /// What is said.
    public var value: String

    /// A fact made of its parts.
    public init(_ name: String, connection: Int64 = 0, _ value: String) {
        self.name = name
        self.connection = connection
        self.value = value
    }
}

extension BundleFact {
    /// The form of the table `bundle`. Every bundle says it.
    public static let formatName = "format"
    /// The form that is written and known here.
    public static let format: Int64 = 1
    /// A verdict on a connection at the time of the export: its name. One fact for each.
    public static let verdictName = "verdict"
}
