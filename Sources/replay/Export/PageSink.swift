import Events
import Postmortem

/// Exports a page for people.
struct PageSink: ExportSink {
    private let target: ExportTarget
    private var page: ConversationPage
    private var last: PageConnection?
    private var positions: ClosedRange<Int64>?

    init(_ target: ExportTarget, _ page: ConversationPage) {
        self.target = target
        self.page = page
    }

    mutating func begin(_ connection: ConnectionSummary, _ outline: ConnectionOutline) {
        keepLast()
        last = PageConnection(connection.connection, outline)
    }

    mutating func take(_ event: RecordedEvent) {
        let (first, end) = (positions?.lowerBound ?? event.position, positions?.upperBound ?? 0)
        positions = min(first, event.position)...max(end, event.position)
        last?.take(
            position: event.position,
            event.header,
            checksum: event.checksum,
            event.body.span
        )
    }

    mutating func takeOfGateway(_ event: RecordedEvent) {
        let name = event.header.knownKind?.name ?? "kind \(event.header.kind)"
        page.gateway.append((event.header.at, name, event.body))
    }

    mutating func finish(_ verdicts: [Verdict]) throws -> Int64 {
        keepLast()
        page.verdicts = verdicts
        if let positions {
            let range = "\(positions.lowerBound) – \(positions.upperBound)"
            page.facts.append(("positions in the log", range))
        }
        try page.write { try target.write($0) }
        try target.finish()
        return target.bytes
    }

    private mutating func keepLast() {
        guard var done = last else { return }
        last = nil
        done.finish()
        page.connections.append(done)
    }
}
