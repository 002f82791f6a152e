/// All sessions, and the ids of what they hold. The oldest are forgotten past a limit.
struct SimulatedSessions {
    static let limit = 100_000

    /// Part of every id, so that those of one run are not those of another.
    private let seed: String
    private var sessions: [String: SimulatedSession] = [:]
    /// In the order in which they were made.
    private var order: [String] = []
    private var lastID = 0

    init(seed: String) { self.seed = seed }

    /// In the order in which they were made.
    var all: [SimulatedSession] { order.compactMap { sessions[$0] } }

    var count: Int { sessions.count }

    subscript(id: String) -> SimulatedSession? { sessions[id] }

    /// Makes a session with a new id.
    mutating func make(at now: Int64) -> String {
        let id = makeID("session")
        add(id, at: now)
        return id
    }

    /// Makes a session with this id unless there is one: the simulator takes any id for one of its
    /// own, as an agent does whose sessions outlive its process.
    mutating func makeIfAbsent(_ id: String, at now: Int64) {
        if sessions[id] == nil { add(id, at: now) }
    }

    /// An id that no other thing of this simulator has: `KIND-SEED-NUMBER`.
    mutating func makeID(_ kind: String) -> String {
        lastID += 1
        return "\(kind)-\(seed)-\(lastID)"
    }

    /// Changes a session; nothing happens to one that is not there.
    mutating func update(_ id: String, _ change: (inout SimulatedSession) -> Void) {
        guard var session = sessions.removeValue(forKey: id) else { return }
        change(&session)
        sessions[id] = session
    }

    private mutating func add(_ id: String, at now: Int64) {
        if order.count >= Self.limit {
            for old in order.prefix(Self.limit / 2) { sessions[old] = nil }
            order.removeFirst(Self.limit / 2)
        }
        sessions[id] = SimulatedSession(id: id, createdAt: now)
        order.append(id)
    }
}
