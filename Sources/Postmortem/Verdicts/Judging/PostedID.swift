import Session
import Wire

/// The id that a recorded request carries, read from its body.
enum PostedID: Equatable, Sendable {
    /// It has none.
    case none
    /// It has that of a session.
    case session(String)
    /// It has one that only an IDE may make up.
    case temporary(String)
    /// The body cannot be read.
    case unreadable

    init(_ body: Span<UInt8>, _ scanner: inout JSONScanner) {
        guard (try? scanner.scan(body)) == .object else {
            self = .unreadable
            return
        }
        guard let member = scanner.member("session_id", in: body) else {
            self = .none
            return
        }
        guard let id = member.string(in: body) else {
            self = .unreadable
            return
        }
        self = TemporaryID(id) != nil ? .temporary(id) : .session(id)
    }

    /// For people.
    var words: String {
        switch self {
        case .none: "without session_id"
        case .session(let id), .temporary(let id): "with session_id \(id)"
        case .unreadable: "that cannot be read"
        }
    }
}
