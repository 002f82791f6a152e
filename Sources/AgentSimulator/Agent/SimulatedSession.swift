/// What the simulator remembers of one session.
struct SimulatedSession {
    /// One entry of the history.
    struct Entry: Equatable {
        let role: String
        let content: String
    }

    static let historyLimit = 200
    /// Characters of an entry that are remembered.
    static let contentLimit = 4000
    static let pendingLimit = 100
    static let defaultAgent = "orchestrator"

    let id: String
    /// Wall time in microseconds since 1970-01-01T00:00:00Z.
    let createdAt: Int64
    private(set) var history: [Entry] = []
    var agent = defaultAgent
    /// Calls without a result, by `call_id`.
    private(set) var pendingCalls: [String] = []
    /// Plans without a decision, by `approval_request_id`.
    private(set) var pendingPlans: [String] = []
    private var answeredCalls: [String] = []

    init(id: String, createdAt: Int64) {
        self.id = id
        self.createdAt = createdAt
    }

    mutating func remember(_ role: String, _ content: String) {
        let entry = Entry(role: role, content: String(content.prefix(Self.contentLimit)))
        Self.append(entry, to: &history, limit: Self.historyLimit)
    }

    mutating func waitForResult(of callID: String) {
        Self.append(callID, to: &pendingCalls, limit: Self.pendingLimit)
    }

    mutating func waitForDecision(on plan: String) {
        Self.append(plan, to: &pendingPlans, limit: Self.pendingLimit)
    }

    /// Takes note of a result; false when there has been one for this call before.
    mutating func takeResult(of callID: String) -> Bool {
        guard !answeredCalls.contains(callID) else { return false }
        pendingCalls.removeAll { $0 == callID }
        Self.append(callID, to: &answeredCalls, limit: Self.pendingLimit)
        return true
    }

    mutating func takeDecision(on plan: String) {
        pendingPlans.removeAll { $0 == plan }
    }

    private static func append<Element>(
        _ element: Element,
        to list: inout [Element],
        limit: Int
    ) {
        if list.count >= limit { list.removeFirst() }
        list.append(element)
    }
}
