import Events
import Wire

/// A dialogue as a HAR file (HTTP Archive 1.2, the form that browsers' developer tools read): the WebSocket
/// of each connection with its messages, each request to the agent with its SSE response, and REST calls.
///
/// The members of the specification are those of the specification; `_webSocketMessages`,
/// `_eventSourceMessages` and `_resourceType` are Chromium's.
public struct ConversationArchive {
    private let version: String
    private var entries: [(at: Int64, json: [UInt8])] = []
    private var connection: ConnectionArchive?
    private var forwarded: [Int64: [Int64: RecordedEvent]] = [:]

    /// An archive without entries. `version`: of the program that makes it.
    public init(version: String) { self.version = version }

    /// The events of a connection follow, in their order; it opened then, µs since 1970.
    public mutating func begin(_ number: Int64, at: Int64) {
        finishConnection()
        connection = ConnectionArchive(number, at: at)
    }

    /// Takes the next event of the connection.
    public mutating func take(_ event: RecordedEvent) { connection?.take(event) }

    /// Takes an event of a REST call.
    public mutating func takeOfREST(_ event: RecordedEvent) {
        let number = event.header.connection
        switch event.header.knownKind {
        case .restForwarded: forwarded[number, default: [:]][event.header.ordinal] = event
        case .restExchanged:
            let request = forwarded[number]?.removeValue(forKey: event.header.cause)
            addREST(event, request)
        default: break
        }
    }

    /// Gives the file, part by part. No event may follow.
    public mutating func write(to output: ([UInt8]) throws -> Void) rethrows {
        finishConnection()
        var creator = JSONObjectWriter()
        creator.add("name", "replay")
        creator.add("version", version)
        let comment =
            "The hosts gateway and agent stand for the two; times are when the gateway recorded it."
        let log = "{\"log\":{\"version\":\"1.2\",\"creator\":"
        try output(Array(log.utf8) + creator.bytes + Array(",\"pages\":[],\"entries\":[\n".utf8))
        // The order of equal times stays.
        let order = entries.indices.sorted { (entries[$0].at, $0) < (entries[$1].at, $1) }
        for (place, index) in order.enumerated() {
            try output(place == 0 ? entries[index].json : Array(",\n".utf8) + entries[index].json)
        }
        try output(Array("\n],\"comment\":\"\(comment)\"}}\n".utf8))
    }

    private mutating func finishConnection() {
        if var done = connection { entries += done.finish() }
        connection = nil
    }

    private mutating func addREST(_ event: RecordedEvent, _ request: RecordedEvent?) {
        var scanner = JSONScanner()
        let body = event.body.span
        guard (try? scanner.scan(body)) == .object else { return }
        let target = scanner.string("target", in: body) ?? "/"
        var entry = ArchiveEntry(
            startedAt: request?.header.at ?? event.header.at,
            connection: event.header.connection,
            method: scanner.string("method", in: body) ?? "GET",
            url: "http://agent\(target)",
            resourceType: "fetch"
        )
        if let request, let end = request.body.firstIndex(of: 0x0A) {
            entry.requestBody = Array(request.body[(end + 1)...])
        }
        entry.status = event.header.detail
        entry.respondedAt = event.header.at
        entry.endedAt = event.header.at
        entry.contentBytes = scanner.integer("bytes", in: body) ?? 0
        entry.comment = "the body of the answer is not on record"
        entries.append((entry.startedAt, entry.json))
    }
}
