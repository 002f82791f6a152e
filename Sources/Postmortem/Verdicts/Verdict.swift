/// What the recorded events of a connection prove.
public struct Verdict: Equatable, Sendable {
    /// What it is called.
    public var name: VerdictName
    /// The connection; 0: the gateway itself.
    public var connection: Int64
    /// The id that the connection was known by then: the session's, else the one in the path; empty when
    /// neither is known.
    public var id: String
    /// The events that prove it, in order; the last one is the one that decides.
    public var evidence: [Evidence]
    /// Who is at fault.
    public var side: FaultSide
    /// How much it weighs.
    public var severity: VerdictSeverity
    /// What happened, one sentence with the particulars.
    public var words: String
    /// For a binding: the time from the connection's first request to it, µs.
    public var bindingTime: Int64?

    /// A verdict; side and severity are those of its name where nothing else is said.
    public init(
        _ name: VerdictName,
        connection: Int64,
        id: String,
        evidence: [Evidence],
        side: FaultSide? = nil,
        severity: VerdictSeverity? = nil,
        words: String,
        bindingTime: Int64? = nil
    ) {
        self.name = name
        self.connection = connection
        self.id = id
        self.evidence = evidence
        self.side = side ?? name.side
        self.severity = severity ?? name.severity
        self.words = words
        self.bindingTime = bindingTime
    }

    /// Position of the event that decides; 0: there is none.
    public var position: Int64 { evidence.last?.position ?? 0 }

    /// When that was, µs since 1970.
    public var at: Int64 { evidence.last?.at ?? 0 }

    /// Whether it only says how far something has come that may yet fail.
    public var isOpen: Bool { name == .answerUnderWay }

    /// Whether it stands before another: the first cause first. Of what one event proves, why a connection
    /// ended comes before what that led to.
    public func precedes(_ other: Verdict) -> Bool {
        (position, name.rank, name.place) < (other.position, other.name.rank, other.name.place)
    }
}
