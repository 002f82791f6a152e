import CSQLite
import Events

/// Which conditions of a query a cursor over `events` is told, so that it need not read all events. As a
/// number, it goes from SQLite's planning to the cursor.
struct EventsPlan: OptionSet {
    let rawValue: Int32

    /// In the order in which their values are handed over.
    static let position = EventsPlan(rawValue: 1)
    static let from = EventsPlan(rawValue: 2)
    static let after = EventsPlan(rawValue: 4)
    static let through = EventsPlan(rawValue: 8)
    static let before = EventsPlan(rawValue: 16)
    static let connection = EventsPlan(rawValue: 32)
    static let kind = EventsPlan(rawValue: 64)

    static let all: [EventsPlan] = [
        .position, .from, .after, .through, .before, .connection, .kind,
    ]

    /// What a condition is to a cursor; nil: SQLite sees to it alone.
    init?(column: Int32, operation: Int32) {
        switch (column, operation) {
        case (-1, SQLITE_INDEX_CONSTRAINT_EQ), (0, SQLITE_INDEX_CONSTRAINT_EQ): self = .position
        case (-1, SQLITE_INDEX_CONSTRAINT_GE), (0, SQLITE_INDEX_CONSTRAINT_GE): self = .from
        case (-1, SQLITE_INDEX_CONSTRAINT_GT), (0, SQLITE_INDEX_CONSTRAINT_GT): self = .after
        case (-1, SQLITE_INDEX_CONSTRAINT_LE), (0, SQLITE_INDEX_CONSTRAINT_LE): self = .through
        case (-1, SQLITE_INDEX_CONSTRAINT_LT), (0, SQLITE_INDEX_CONSTRAINT_LT): self = .before
        case (1, SQLITE_INDEX_CONSTRAINT_EQ): self = .connection
        case (5, SQLITE_INDEX_CONSTRAINT_EQ): self = .kind
        default: return nil
        }
    }

    init(rawValue: Int32) { self.rawValue = rawValue }

    /// What it costs, roughly, in rows.
    var rows: Int64 {
        if contains(.position) { return 1 }
        if contains(.connection) { return 1_000 }
        if contains(.kind) { return 1_000_000 }
        let isBounded = !isDisjoint(with: [.from, .after, .through, .before])
        return isBounded ? 5_000_000 : 10_000_000
    }

    /// The events to read, by the values of the conditions. A value that is no whole number bounds nothing:
    /// SQLite looks at each row again.
    func selection(_ values: [Int64?], through last: Int64) -> EventSelection? {
        var selection = EventSelection(connection: nil, from: 1, through: last, kinds: nil)
        var rest = values[...]
        for condition in Self.all where contains(condition) {
            guard let value = rest.popFirst() ?? nil else { continue }
            switch condition {
            case .position:
                selection.from = max(selection.from, value)
                selection.through = min(selection.through, value)
            case .from: selection.from = max(selection.from, value)
            case .after:
                guard value < .max else { return nil }
                selection.from = max(selection.from, value + 1)
            case .through: selection.through = min(selection.through, value)
            case .before:
                guard value > .min else { return nil }
                selection.through = min(selection.through, value - 1)
            case .connection: selection.connection = value
            case .kind:
                guard let kind = UInt8(exactly: value).flatMap(EventKind.init(rawValue:)) else {
                    continue
                }
                selection.kinds = [kind]
            default: break
            }
        }
        return selection.from <= selection.through ? selection : nil
    }
}
