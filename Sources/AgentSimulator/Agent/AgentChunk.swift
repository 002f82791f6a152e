/// What the agent says in one block.
struct AgentChunk: Equatable {
    /// The members it has, each value a JSON text.
    private(set) var values: [ChunkKey: String]

    /// A chunk of a type, with further members as JSON texts.
    init(_ type: String, isFinal: Bool = false, _ values: [ChunkKey: String] = [:]) {
        self.values = values
        self.values[.type] = JSONText.string(type)
        self.values[.isFinal] = isFinal ? "true" : "false"
    }

    /// One token of the assistant's text.
    static func token(_ token: String, isFinal: Bool = false) -> Self {
        Self("assistant_message", isFinal: isFinal, [.token: JSONText.string(token)])
    }

    /// The announcement of a session.
    static func sessionInfo(_ sessionID: String) -> Self {
        sessionInfo(idText: JSONText.string(sessionID))
    }

    /// An announcement with any JSON text, or nothing, for the session's id.
    static func sessionInfo(idText: String?) -> Self {
        Self("session_info", idText.map { [.sessionID: $0] } ?? [:])
    }

    /// Whether it is part of the assistant's text.
    var isToken: Bool { values[.token] != nil }

    /// The chunk as JSON: in the real runtime's manner with all fourteen keys.
    func json(_ manner: SimulatorManner, without omitted: ChunkKey? = nil) -> String {
        var text = "{"
        for key in ChunkKey.allCases where key != omitted {
            guard let value = values[key] ?? (manner == .realRuntime ? "null" : nil) else {
                continue
            }
            if text.utf8.count > 1 { text += "," }
            text += "\""
            text += key.rawValue
            text += "\":"
            text += value
        }
        return text + "}"
    }
}
