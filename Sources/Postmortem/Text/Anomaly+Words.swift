import Session

extension Anomaly.Kind {
    /// What is wrong, in words.
    public var words: String {
        switch self {
        case .conflictingSessionInfo(let old, let new):
            "session_info with another id: \(old), then \(new)"
        case .sessionInfoWithoutID: "session_info without an id"
        case .sessionInfoWithTemporaryID(let id): "session_info with the temporary id \(id)"
        case .dataNotAnObject: "data that is not a JSON object"
        case .messagesDropped(let count): "\(count) waiting message(s) never posted"
        case .outOfPlace(let what): "out of place: \(what)"
        case .unreadable(let kind): "unknown to this version: kind \(kind)"
        case .ordinalGap(let expected): "ordinal \(expected) is not there"
        }
    }
}
