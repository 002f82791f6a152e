import Events
import Session
import Wire

/// One connection's part of the page: takes its events and keeps what is shown of them. Of a very long one
/// the middle is left out.
public struct PageConnection {
    /// How many rows are kept from the beginning.
    static let firstLimit = 3_000
    /// And from the end.
    static let lastLimit = 1_000

    private var timeline: Timeline
    private var replay = ConnectionReplay()
    private var reading = EventReading()
    private var fold: ConnectionFold?
    private var pending: PageRun?

    private var first: [PageItem] = []
    private var last: [PageItem] = []
    private var nextLast = 0
    /// Rows of the diagram that are left out.
    private(set) var omitted = 0
    /// Its number.
    let number: Int64

    /// A connection before its first event. `outline`: of the same connection.
    public init(_ number: Int64, _ outline: ConnectionOutline) {
        self.number = number
        timeline = Timeline(outline)
    }

    /// What is known of it; nil: it has no events.
    var summary: ConnectionSummary? { fold?.summary }

    /// What is shown before the gap, and after it.
    var parts: (before: [PageItem], after: [PageItem]) {
        (first, Array(last[nextLast...] + last[..<nextLast]))
    }

    /// Takes the connection's next row.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) {
        var entry = timeline.take(position: position, header, checksum: checksum, body)
        let before = replay.state
        let step = replay.take(header, body, &reading)
        note(position, header, checksum, body)
        entry.payload = Array(entry.payload.prefix(PageRow.payloadLimit))
        var row = PageRow(
            entry: entry,
            payloadBytes: body.count,
            arrows: PageArrow.make(
                header,
                step,
                title: entry.title,
                text: Self.said(step.event, body),
                before: before
            ),
            lifelines: PageRow.Lifelines(
                isOpen: (before.isOpen, replay.state.isOpen),
                isBusy: (before.turn != nil, replay.state.turn != nil),
                identity: (Self.identity(before), Self.identity(replay.state))
            )
        )
        if case .chunkReceived(let chunk) = step.event, chunk.content == .object,
            step.effects == [.forward]
        {
            (row.chunkType, row.text) = Self.content(body)
        }
        add(row)
    }

    /// No more rows will come.
    public mutating func finish() { flush() }

    private mutating func note(
        _ position: Int64,
        _ header: EventHeader,
        _ checksum: UInt32,
        _ body: Span<UInt8>
    ) {
        var changes = SummaryChanges()
        if fold == nil {
            fold = ConnectionFold(connection: number, firstPosition: position, at: header.at)
        }
        fold?.take(position: position, header, checksum: checksum, body, &reading, &changes)
    }

    private mutating func add(_ row: PageRow) {
        if row.isQuiet, var run = pending, row.chunkType == nil || row.chunkType == run.type {
            run.append(row)
            pending = run
            return
        }
        flush()
        if let type = row.chunkType, row.isQuiet {
            var run = PageRun(type: type)
            run.append(row)
            pending = run
        } else {
            keep(.row(row))
        }
    }

    private mutating func flush() {
        guard let run = pending else { return }
        pending = nil
        if run.chunks >= PageRun.least { return keep(.run(run)) }
        for row in run.rows { keep(.row(row)) }
    }

    private mutating func keep(_ item: PageItem) {
        if first.count < Self.firstLimit { return first.append(item) }
        if last.count < Self.lastLimit { return last.append(item) }
        omitted += 1
        last[nextLast] = item
        nextLast = (nextLast + 1) % Self.lastLimit
    }

    private static func identity(_ state: SessionState) -> PageRow.Identity {
        switch state.identity {
        case nil: .none
        case .temporary: .temporary
        case .session: .session
        }
    }

    /// What a message of the IDE says to people.
    private static func said(_ event: Event, _ body: Span<UInt8>) -> String {
        guard case .messageReceived(.accepted) = event else { return "" }
        var scanner = JSONScanner()
        guard (try? scanner.scan(body)) == .object else { return "" }
        return String((scanner.string("content", in: body) ?? "").prefix(80))
    }

    /// Type and text of a chunk.
    private static func content(_ body: Span<UInt8>) -> (type: String, text: String) {
        var block = SSEBlockReader()
        block.read(body, isFirst: true)
        return block.withData(in: body) { data in
            var scanner = JSONScanner()
            guard (try? scanner.scan(data)) == .object else { return ("chunk", "") }
            let text = scanner.string("token", in: data) ?? scanner.string("content", in: data)
            return (scanner.string("type", in: data) ?? "chunk", text ?? "")
        }
    }
}
