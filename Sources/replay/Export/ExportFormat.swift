/// The forms in which a conversation can be exported.
enum ExportFormat: String, CaseIterable {
    case bundle
    case ndjson
    case har
    case html

    /// All of them, for people.
    static let words = allCases.map(\.rawValue).joined(separator: ", ")

    /// The name of a file for an id, where none is given: no character in it means anything to a shell or
    /// a file system.
    func fileName(for id: String) -> String {
        let safe = id.unicodeScalars.prefix(80).map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-": Character(scalar)
            default: "_"
            }
        }
        let isNumber = !safe.isEmpty && safe.allSatisfy { "0"..."9" ~= $0 }
        let name = safe.isEmpty ? "conversation" : String(safe)
        let prefix = isNumber ? "connection-" : name.hasPrefix("-") ? "_" : ""
        return "\(prefix)\(name).\(rawValue)"
    }
}
