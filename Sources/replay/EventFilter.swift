import CommandLineOptions
import Events
import Postmortem

/// Which events the options `--since`, `--until` and `--kind` choose.
struct EventFilter {
    static let since = CommandLineOption.value(
        "since",
        "TIME",
        "from then on: 2025-11-22T16:08:01Z, 16:08 (today), or 15m, 24h, 7d ago"
    )
    static let until = CommandLineOption.value("until", "TIME", "up to then, inclusive")
    static let kind = CommandLineOption.value(
        "kind",
        "KIND",
        "only events of this kind, e.g. requestSent, or of several: K,K"
    )

    /// Earliest and latest wall time, µs since 1970; nil: no bound.
    var since: Int64?
    var until: Int64?
    /// Nil: all kinds, also those unknown to this version.
    var kinds: Set<EventKind>?

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        since = try TimeArgument.value(of: Self.since, arguments)
        until = try TimeArgument.value(of: Self.until, arguments)
        kinds = try Self.kinds(arguments)
    }

    /// Whether an event is chosen.
    func contains(_ header: EventHeader) -> Bool {
        if let since, header.at < since { return false }
        if let until, header.at > until { return false }
        guard let kinds else { return true }
        return header.knownKind.map { kinds.contains($0) } ?? false
    }

    private static func kinds(
        _ arguments: ParsedCommandLine
    ) throws(CommandLineViolation) -> Set<EventKind>? {
        let values = arguments.values(of: kind)
        guard !values.isEmpty else { return nil }
        var kinds: Set<EventKind> = []
        for value in values {
            for name in value.split(separator: ",", omittingEmptySubsequences: false) {
                guard let known = EventKind.allCases.first(where: { $0.name == name }) else {
                    let names = EventKind.allCases.map(\.name).joined(separator: ", ")
                    throw .invalidValue(
                        option: kind.name,
                        value: String(name),
                        expected: "one of " + names
                    )
                }
                kinds.insert(known)
            }
        }
        return kinds
    }
}
