import Events
import Wire

/// Reads recorded events. One reading serves many connections, one event at a time: what it found
/// in the last chunk stays here, so that the frame for the IDE is made without looking again.
public struct EventReading {
    private var scanner = JSONScanner()
    private var block = SSEBlockReader()
    /// The data of the last chunk, decoded; empty when its bytes were UTF-8 already.
    private var decodedData: [UInt8] = []

    /// A reading that has read nothing.
    public init() {}

    /// Says what an event means. `isFirstChunk`: whether it would be the first chunk of its answer.
    /// Never fails: what cannot be read is ``Event/unknown(kind:)``.
    public mutating func read(
        _ header: EventHeader,
        _ body: Span<UInt8>,
        isFirstChunk: Bool
    ) -> Event {
        guard header.version == 1, let kind = header.knownKind else {
            return .unknown(kind: header.kind)
        }
        if kind == .chunkReceived {
            return .chunkReceived(readChunk(body, isFirst: isFirstChunk))
        }
        return readOther(kind, header, body) ?? .unknown(kind: header.kind)
    }

    /// Appends what the IDE gets for the chunk read last: its data without top-level nulls.
    public mutating func appendForwarded(_ body: Span<UInt8>, to output: inout [UInt8]) {
        guard decodedData.isEmpty else {
            return scanner.appendRemovingTopLevelNulls(of: decodedData.span, to: &output)
        }
        block.withData(in: body) { data in
            scanner.appendRemovingTopLevelNulls(of: data, to: &output)
        }
    }

    private mutating func readChunk(_ body: Span<UInt8>, isFirst: Bool) -> ChunkReading {
        block.read(body, isFirst: isFirst)
        if !decodedData.isEmpty { decodedData = [] }
        let end: StreamEnd? = block.isEvent("done", in: body) ? .doneEvent : nil
        if block.isDone { return ChunkReading(content: .doneMark, end: .doneData) }
        guard block.dataLineCount > 0 else { return ChunkReading(content: .none, end: end) }
        if block.isJoined {
            let data = block.joinedData
            return ChunkReading(content: readData(data.span), end: end)
        }
        let data = body.extracting(block.dataRange)
        return ChunkReading(content: readData(data), end: end)
    }

    private mutating func readData(_ data: Span<UInt8>) -> ChunkReading.Content {
        do throws(JSONViolation) {
            let kind = try scanner.scan(data)
            return content(kind, data)
        } catch {
            guard case .invalidUTF8 = error else { return .notAnObject }
        }
        // What is no UTF-8 becomes U+FFFD (WHATWG HTML §9.2.5: "UTF-8 decode"), and the rest counts.
        let text = data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        let decoded = Array(text.utf8)
        decodedData = decoded
        guard let kind = try? scanner.scan(decoded.span) else { return .notAnObject }
        return content(kind, decoded.span)
    }

    private func content(_ kind: JSONKind, _ data: Span<UInt8>) -> ChunkReading.Content {
        guard kind == .object else { return .notAnObject }
        guard let type = scanner.member("type", in: data),
            type.isString("session_info", in: data)
        else { return .object }
        let id = scanner.string("session_id", in: data) ?? ""
        if let session = SessionID(id) { return .sessionInfo(.id(session)) }
        return .sessionInfo(id.isEmpty ? .noID : .temporaryID(id))
    }

    private mutating func readOther(
        _ kind: EventKind,
        _ header: EventHeader,
        _ body: Span<UInt8>
    ) -> Event? {
        switch kind {
        case .connectionOpened: ConnectionOpened(body).map { .connectionOpened($0) }
        case .frameReceived: readFrame(FrameDetail(header.detail), body)
        case .frameRejected:
            header.detail == 0
                ? .messageRejected : .violation(code: header.detail, reason: text(body))
        case .requestSent: .requestSent
        case .responseStarted: .responseStarted(status: header.detail)
        case .chunkReceived: nil
        case .streamEnded: StreamEnd(rawValue: header.detail).map { .streamEnded($0) }
        case .requestFailed:
            RequestFailure(rawValue: header.detail).map {
                .requestFailed($0, reason: text(body))
            }
        case .framesDelivered: .framesDelivered(through: header.detail)
        case .connectionClosed:
            ConnectionClosed(body).map { .connectionClosed($0, code: header.detail) }
        case .timerElapsed: TimerKind(rawValue: header.detail) == .heartbeat ? .heartbeatDue : nil
        case .gatewayStarted, .gatewayStopped, .restExchanged, .logGap, .restForwarded: nil
        }
    }

    private mutating func readFrame(_ detail: FrameDetail, _ body: Span<UInt8>) -> Event? {
        switch detail.opcode {
        case 1: .messageReceived(IncomingMessage(body, scanner: &scanner))
        case 2: .messageReceived(.binary)
        case 8:
            .closeReceived(code: body.count >= 2 ? Int64(body[0]) << 8 | Int64(body[1]) : 1005)
        case 9: .pingReceived
        case 10: .pongReceived
        default: nil
        }
    }

    private func text(_ body: Span<UInt8>) -> String {
        body.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
