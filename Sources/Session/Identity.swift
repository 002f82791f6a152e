/// An id that an IDE made up for a dialogue that has no session yet. It never goes to the agent.
public struct TemporaryID: Equatable, Sendable {
    /// What makes an id a temporary one, whatever bytes follow it.
    public static let prefix = "new_"

    /// The id as the IDE wrote it.
    public let text: String

    /// Nil when the text is not a temporary id.
    public init?(_ text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        self.text = text
    }

    /// Ids are bytes to those who gave them: no two spellings of a letter are one.
    public static func == (left: TemporaryID, right: TemporaryID) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }
}

/// An id that the Agent Runtime gave to a session.
public struct SessionID: Equatable, Sendable {
    /// The id as the Agent Runtime wrote it.
    public let text: String

    /// Nil when the text is empty or a temporary id: no session has such an id.
    public init?(_ text: String) {
        guard !text.isEmpty, TemporaryID(text) == nil else { return nil }
        self.text = text
    }

    /// As with ``TemporaryID``.
    public static func == (left: SessionID, right: SessionID) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }
}

/// Which dialogue a connection belongs to, as far as is known.
public enum Identity: Equatable, Sendable {
    /// No session yet; requests go out without an id.
    case temporary(TemporaryID)
    /// A session; every request carries its id.
    case session(SessionID)

    /// The identity a path's id stands for; nil when it is empty.
    public init?(pathID: String) {
        if let temporary = TemporaryID(pathID) {
            self = .temporary(temporary)
        } else if let session = SessionID(pathID) {
            self = .session(session)
        } else {
            return nil
        }
    }

    /// The id itself, for people.
    public var text: String {
        switch self {
        case .temporary(let id): id.text
        case .session(let id): id.text
        }
    }

    /// The id that requests carry; nil while there is none.
    public var sessionID: SessionID? {
        if case .session(let id) = self { id } else { nil }
    }
}
