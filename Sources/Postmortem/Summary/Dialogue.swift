/// The connections of one dialogue: those that an id leads to, in both directions. A temporary id leads
/// to the sessions it became; a session to all connections with it in the path or bound to it; and each
/// of those to the ids it has had.
public struct Dialogue: Sendable {
    /// How many ids are followed. A temporary id that hundreds of dialogues have used would lead to
    /// all of them.
    public static let idLimit = 256

    /// The ids in the order they were found.
    public private(set) var ids: [String] = []
    /// Ids are told apart by their bytes, not by how they look.
    private var known: Set<[UInt8]> = []

    /// The dialogue that an id belongs to, as far as nothing else is known.
    public init(of id: String) { add(id) }

    /// Whether a connection is one of its own.
    public func contains(_ connection: ConnectionSummary) -> Bool {
        connection.ownIDs.contains { known.contains(Array($0.utf8)) }
    }

    /// Follows the ids of connections until they lead nowhere new. Returns whether ids were found.
    public mutating func extend(over connections: [ConnectionSummary]) -> Bool {
        let before = ids.count
        var rest = connections.filter { $0.ownIDs.count > 1 }
        while true {
            let own = rest.filter(contains)
            let count = ids.count
            for connection in own { for id in connection.ownIDs { add(id) } }
            guard ids.count > count else { return count > before }
            rest = rest.filter { !$0.ownIDs.allSatisfy { known.contains(Array($0.utf8)) } }
        }
    }

    private mutating func add(_ id: String) {
        guard ids.count < Self.idLimit, known.insert(Array(id.utf8)).inserted else { return }
        ids.append(id)
    }
}

extension ConnectionSummary {
    /// The ids that it answers to: the one in its path, and the sessions it was bound to.
    public var ownIDs: [String] {
        hasOpening && !pathID.isEmpty ? [pathID] + boundTo : boundTo
    }
}
