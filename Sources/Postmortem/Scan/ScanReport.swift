/// Sums verdicts up: how many of each name, how long bindings took, and the connections that fared worst.
/// In bounded memory.
public struct ScanReport: Sendable {
    /// How many connections ``worst`` has at most.
    public static let worstLimit = 10
    /// How many connections with findings are counted at once. Past it those with the fewest are
    /// forgotten.
    static let connectionLimit = 16_384
    /// How many names of a connection's verdicts are kept.
    static let nameLimit = 6

    /// A connection with findings.
    public struct Connection: Equatable, Sendable {
        /// Its number.
        public var connection: Int64
        /// The id that it was known by at the last finding.
        public var id: String
        /// Verdicts that are failures.
        public var failures: Int64 = 0
        /// Verdicts that are remarks.
        public var remarks: Int64 = 0
        /// The first few names of them.
        public var names: [VerdictName] = []
    }

    /// One row of ``counts``.
    public struct Count: Equatable, Sendable {
        /// The verdict.
        public var name: VerdictName
        /// How much it weighed.
        public var severity: VerdictSeverity
        /// How often.
        public var count: Int64
    }

    private struct Key: Hashable {
        var name: VerdictName
        var severity: VerdictSeverity
    }

    private var byName: [Key: Int64] = [:]
    private var connections: [Int64: Connection] = [:]
    /// How long bindings took, from the connection's first request.
    public private(set) var bindingTimes = DurationHistogram()
    /// Verdicts that are failures.
    public private(set) var failures: Int64 = 0
    /// Verdicts that are remarks.
    public private(set) var remarks: Int64 = 0

    /// Nothing summed up.
    public init() {}

    /// Adds a verdict.
    public mutating func add(_ verdict: Verdict) {
        byName[Key(name: verdict.name, severity: verdict.severity), default: 0] &+= 1
        if let time = verdict.bindingTime { bindingTimes.add(time) }
        switch verdict.severity {
        case .fine: return
        case .remark: remarks &+= 1
        case .failure: failures &+= 1
        }
        guard verdict.connection > 0 else { return }
        count(verdict)
    }

    /// How often each verdict was given, the weightiest first.
    public var counts: [Count] {
        let order = Dictionary(
            uniqueKeysWithValues: VerdictName.allCases.enumerated().map { ($0.element, $0.offset) }
        )
        return byName.map { Count(name: $0.key.name, severity: $0.key.severity, count: $0.value) }
            .sorted { left, right in
                if left.severity != right.severity { return left.severity > right.severity }
                return (order[left.name] ?? 0) < (order[right.name] ?? 0)
            }
    }

    /// The connections with most failures, then most remarks, then the oldest.
    public var worst: [Connection] {
        Array(connections.values.sorted(by: Self.isWorse).prefix(Self.worstLimit))
    }

    private mutating func count(_ verdict: Verdict) {
        let number = verdict.connection
        var connection = connections[number] ?? Connection(connection: number, id: verdict.id)
        connection.id = verdict.id
        if verdict.severity == .failure {
            connection.failures &+= 1
        } else {
            connection.remarks &+= 1
        }
        if connection.names.count < Self.nameLimit, !connection.names.contains(verdict.name) {
            connection.names.append(verdict.name)
        }
        connections[number] = connection
        if connections.count > Self.connectionLimit { forget() }
    }

    private mutating func forget() {
        let kept = connections.values.sorted(by: Self.isWorse).prefix(Self.connectionLimit / 2)
        connections = Dictionary(uniqueKeysWithValues: kept.map { ($0.connection, $0) })
    }

    private static func isWorse(_ left: Connection, _ right: Connection) -> Bool {
        (right.failures, right.remarks, left.connection)
            < (left.failures, left.remarks, right.connection)
    }
}
