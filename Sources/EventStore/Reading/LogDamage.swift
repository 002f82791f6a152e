/// A part of a log that cannot be read.
public struct LogDamage: Equatable, Sendable, CustomStringConvertible {
    /// The file that should hold it; nil: there is none.
    public var file: String?
    /// The first position that is missing.
    public var from: Int64
    /// The last one; nil: that is not known, there may be more.
    public var through: Int64?
    /// Why it cannot be read.
    public var reason: StoreError?

    /// What is missing, for people.
    public var description: String {
        let positions =
            through.map { $0 == from ? "position \(from)" : "positions \(from) to \($0)" }
            ?? "the log from position \(from) on"
        guard let file else { return "\(positions): no file holds them" }
        let why = reason.map { ": \($0)" } ?? ""
        return "\(positions) cannot be read from \(file)\(why)"
    }
}
