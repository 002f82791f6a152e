import Session

extension Identity {
    /// `temporary new_1` or `session abc-123`.
    public var words: String {
        switch self {
        case .temporary(let id): "temporary \(id.text)"
        case .session(let id): "session \(id.text)"
        }
    }
}
