import Events
import Session
import Wire

/// Makes the entries of one connection: the WebSocket, and each request to the agent.
struct ConnectionArchive {
    private var replay = ConnectionReplay()
    private var reading = EventReading()
    private var socket: ArchiveEntry
    private var messages: [[UInt8]] = []
    private var turn: ArchiveEntry?
    private var eventMessages: [[UInt8]] = []
    /// The finished requests, as JSON.
    private(set) var done: [(at: Int64, json: [UInt8])] = []

    private static let agentURL = "http://agent/agent/message/stream"

    init(_ number: Int64, at: Int64) {
        socket = ArchiveEntry(
            startedAt: at,
            connection: number,
            url: "ws://gateway/",
            resourceType: "websocket"
        )
        socket.comment = "its opening is not in the log"
    }

    mutating func take(_ event: RecordedEvent) {
        let (header, body) = (event.header, event.body)
        let step = replay.take(header, body.span, &reading)
        socket.endedAt = max(socket.endedAt ?? header.at, header.at)
        switch step.event {
        case .connectionOpened(let opened): open(opened, header)
        case .messageReceived, .pingReceived, .pongReceived, .closeReceived:
            let opcode = FrameDetail(header.detail).opcode
            add("send", Int64(opcode), body, header.at)
        case .requestSent: begin(header, body)
        case .responseStarted(let status): respond(status, header, body)
        case .chunkReceived: addChunk(header, body)
        case .streamEnded: end(header, nil)
        case .requestFailed(let failure, let reason): end(header, "\(failure): \(reason)")
        case .connectionClosed(let closed, let code):
            socket.comment = "closed by \(closed.side.rawValue), code \(code)"
        case .messageRejected, .violation, .framesDelivered, .heartbeatDue, .unknown: break
        }
        for effect in step.effects { send(effect, header, body) }
    }

    /// All of it, when no more events come.
    mutating func finish() -> [(at: Int64, json: [UInt8])] {
        if var open = turn {
            open.comment = "the answer was still coming at the end of the log"
            keep(open)
            turn = nil
        }
        socket.custom = [("_webSocketMessages", ArchiveJSON.array(messages))]
        return [(socket.startedAt, socket.json)] + done
    }

    private mutating func open(_ opened: ConnectionOpened, _ header: EventHeader) {
        let host = opened.fields.first { $0.name == "host" }?.value ?? ""
        let isPlain = !host.isEmpty && host.utf8.allSatisfy { Self.isOfHost($0) }
        socket.startedAt = header.at
        socket.url = "ws://\(isPlain ? host : "gateway")\(opened.target)"
        socket.requestFields = opened.fields.map { ($0.name, $0.value) }
        socket.status = 101
        socket.statusText = "Switching Protocols"
        socket.respondedAt = header.at
        socket.comment = "open at the end of the log"
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    /// A message of the WebSocket in the form of Chromium's developer tools.
    private mutating func add(_ type: String, _ opcode: Int64, _ data: [UInt8], _ at: Int64) {
        var writer = JSONObjectWriter()
        writer.add("type", type)
        writer.add("time", json: ArchiveJSON.seconds(at).span)
        writer.add("opcode", opcode)
        let isText = opcode == 1 && (try? UTF8Span(validating: data.span)) != nil
        writer.add(
            "data",
            isText ? String(decoding: data, as: UTF8.self) : Base64.encode(data.span)
        )
        messages.append(writer.bytes)
    }

    private mutating func send(_ effect: Effect, _ header: EventHeader, _ body: [UInt8]) {
        switch effect {
        case .forward:
            var frame: [UInt8] = []
            reading.appendForwarded(body.span, to: &frame)
            add("receive", 1, frame, header.at)
        case .send(let text), .reject(let text): add("receive", 1, text, header.at)
        case .pong: add("receive", 10, body, header.at)
        case .ping: add("receive", 9, [], header.at)
        case .close(_, let code):
            let payload = [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)]
            add("receive", 8, code == 1005 ? [] : payload, header.at)
        case .accept, .post, .confirmDelivery, .endTurn, .cancelRequest, .log: break
        }
    }

    private mutating func begin(_ header: EventHeader, _ body: [UInt8]) {
        if let open = turn { keep(open) }
        var entry = ArchiveEntry(
            startedAt: header.at,
            connection: header.connection,
            method: "POST",
            url: Self.agentURL,
            resourceType: "fetch"
        )
        entry.requestBody = body
        entry.requestFields = [
            ("Content-Type", "application/json"), ("Accept", "text/event-stream"),
        ]
        turn = entry
        eventMessages = []
    }

    private mutating func respond(_ status: Int64, _ header: EventHeader, _ body: [UInt8]) {
        let head = ResponseHead(body)
        turn?.status = status
        turn?.statusText = head.statusText
        turn?.httpVersion = head.httpVersion
        turn?.responseFields = head.fields
        turn?.contentType = head.value(of: "content-type") ?? ""
        turn?.respondedAt = header.at
    }

    private mutating func addChunk(_ header: EventHeader, _ body: [UInt8]) {
        guard turn != nil else { return }
        var block = SSEBlockReader()
        block.read(body.span, isFirst: turn?.content.isEmpty == true)
        turn?.content += body
        turn?.endedAt = header.at
        guard block.dataLineCount > 0 else { return }
        func text(_ range: Range<Int>?) -> String {
            range.map { String(decoding: body[$0], as: UTF8.self) } ?? ""
        }
        var writer = JSONObjectWriter()
        writer.add("time", json: ArchiveJSON.seconds(header.at).span)
        writer.add("eventName", block.eventType.map { text($0) } ?? "message")
        writer.add("eventId", text(block.lastEventID))
        let data = block.withData(in: body.span) { data in
            data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        writer.add("data", data)
        eventMessages.append(writer.bytes)
    }

    private mutating func end(_ header: EventHeader, _ error: String?) {
        guard var entry = turn else { return }
        entry.endedAt = header.at
        entry.error = error
        keep(entry)
        turn = nil
    }

    private mutating func keep(_ entry: ArchiveEntry) {
        var entry = entry
        entry.custom = [("_eventSourceMessages", ArchiveJSON.array(eventMessages))]
        done.append((entry.startedAt, entry.json))
    }
}
