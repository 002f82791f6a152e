import Session

/// Gives ids other names: the same id always the same, different ids different ones. A new name is as long
/// as the id, as far as there are enough such names, and is temporary exactly when the id is.
struct IDRenaming {
    /// Whether all ids get other names; else only those that do not look like ids, and could be text.
    let renamesAll: Bool
    private var names: [String: String] = [:]
    private var taken: Set<String> = []
    private var count = 0

    init(renamesAll: Bool) { self.renamesAll = renamesAll }

    /// The name of an id.
    mutating func name(of id: String) -> String {
        guard !id.isEmpty, renamesAll || !KeptWords.isIdentifier(id) else { return id }
        if let known = names[id] { return known }
        let prefix = TemporaryID(id) == nil ? "" : TemporaryID.prefix
        let room = id.utf8.count - prefix.utf8.count
        var name: String
        repeat {
            count += 1
            let digits = String(count, radix: 36)
            let filler = String(
                repeating: prefix.isEmpty ? "s" : "0",
                count: max(0, room - digits.utf8.count)
            )
            name = room > 0 ? prefix + filler + digits : prefix
            // Of a bare prefix there is only one.
        } while (taken.contains(name) || name == id) && room > 0
        taken.insert(name)
        names[id] = name
        return name
    }
}
