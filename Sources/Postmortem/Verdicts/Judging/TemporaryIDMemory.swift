/// What became of the temporary ids that were used last: which connection had one, and which session
/// came of it. A bounded number of ids is remembered.
struct TemporaryIDMemory {
    /// How many.
    static let limit = 65_536

    /// What is known of a temporary id.
    struct Use {
        /// The connection that was opened with it last.
        var opening: Moment
        /// Position of that connection's end; nil: it is open.
        var closed: Int64?
        /// The session_info that made a session of it, on that connection or an earlier one.
        var binding: Moment?
        var session = ""
        /// Whether the IDE has taken that.
        var isTold = false
    }

    /// Position of the gateway's last start: what was opened before is over.
    var startedAt: Int64 = 0
    private var uses: [[UInt8]: Use] = [:]
    private var order: [[UInt8]] = []
    private var oldest = 0

    /// A connection was opened. Returns the use before; nil: none is known, or the opening is one that is
    /// heard of late, when a later one is known.
    mutating func open(_ id: String, _ moment: Moment) -> Use? {
        let key = Array(id.utf8)
        guard let before = uses[key] else {
            remember(key)
            uses[key] = Use(opening: moment)
            return nil
        }
        guard before.opening.position < moment.position else { return nil }
        var use = before
        use.opening = moment
        use.closed = nil
        uses[key] = use
        return before
    }

    /// A connection was bound.
    mutating func bind(_ id: String, _ moment: Moment, _ session: String) {
        update(id) { use in
            use.binding = moment
            use.session = session
            use.isTold = false
        }
    }

    /// The IDE has taken the session_info of a connection.
    mutating func tell(_ id: String, _ binding: Moment) {
        update(id) { if $0.binding == binding { $0.isTold = true } }
    }

    /// A connection has ended.
    mutating func close(_ id: String, _ moment: Moment) {
        update(id) {
            if $0.opening.connection == moment.connection { $0.closed = moment.position }
        }
    }

    private mutating func update(_ id: String, _ change: (inout Use) -> Void) {
        let key = Array(id.utf8)
        guard var use = uses[key] else { return }
        change(&use)
        uses[key] = use
    }

    private mutating func remember(_ key: [UInt8]) {
        guard order.count == Self.limit else { return order.append(key) }
        uses[order[oldest]] = nil
        order[oldest] = key
        oldest = (oldest + 1) % Self.limit
    }
}
