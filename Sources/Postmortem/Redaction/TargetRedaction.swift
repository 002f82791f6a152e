import Wire

/// Redacts a path with its query: the gateway's own words, limits and session ids stay.
enum TargetRedaction {
    private static let words: Set<String> = [
        "", "api", "v1", "ws", "health", "agents", "current", "sessions", "session", "history",
        "pending-approvals", "events", "metrics", "audit-log", "stats", "session_id", "event_type",
        "limit",
    ]

    static func redact(_ target: String, _ ids: inout IDRenaming) -> String {
        var output = ""
        var word = ""
        var before: [String] = []
        func isID() -> Bool {
            ["ws", "sessions", "session", "session_id"].contains(before.last ?? "")
        }
        for character in target + "/" {
            guard "/?&=".contains(character) else {
                word.append(character)
                continue
            }
            output +=
                before.last == "limit" && word.utf8.allSatisfy { 0x30...0x39 ~= $0 }
                ? word : redact(word, isID: isID(), &ids)
            output.append(character)
            before.append(word)
            word = ""
        }
        return String(output.dropLast())
    }

    private static func redact(_ word: String, isID: Bool, _ ids: inout IDRenaming) -> String {
        if isID, let id = PercentEncoding.decode(word) {
            let name = ids.name(of: id)
            return name == id ? word : PercentEncoding.encode(name)
        }
        if words.contains(word) { return word }
        return String(repeating: "x", count: word.utf8.count)
    }
}
