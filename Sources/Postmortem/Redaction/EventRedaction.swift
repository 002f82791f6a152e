import Events
import Wire

/// Redacts the body of an event by its kind, whatever the other events are.
struct EventRedaction {
    private var json = JSONRedaction()
    private var ids: IDRenaming

    init(renamesIDs: Bool) { ids = IDRenaming(renamesAll: renamesIDs) }

    /// `isFirstChunk`: whether it would be the first chunk of its answer.
    mutating func redact(_ header: EventHeader, _ body: [UInt8], isFirstChunk: Bool) -> [UInt8] {
        guard header.version == 1, let kind = header.knownKind else {
            return json.redact(body, &ids)
        }
        switch kind {
        case .connectionOpened: return redactOpening(body)
        case .frameReceived: return redactFrame(FrameDetail(header.detail), body)
        case .requestSent: return json.redact(body, as: .request, &ids)
        case .responseStarted: return HeadRedaction.redact(body)
        case .chunkReceived:
            return BlockRedaction.redact(body, isFirst: isFirstChunk) { json.redact($0, &ids) }
        case .restExchanged: return redactExchange(body)
        case .restForwarded: return redactForwarded(body)
        // What the agent said of it.
        case .requestFailed: return json.redact(body, &ids)
        case .gatewayStarted, .gatewayStopped, .frameRejected, .streamEnded, .framesDelivered,
            .connectionClosed, .logGap, .timerElapsed:
            return json.redact(body, as: .record, &ids)
        }
    }

    /// The path holds the id a second time.
    private mutating func redactOpening(_ body: [UInt8]) -> [UInt8] {
        let redacted = json.redact(body, as: .opening, &ids)
        guard let original = ConnectionOpened(body.span),
            var opened = ConnectionOpened(redacted.span)
        else { return redacted }
        opened.target = TargetRedaction.redact(original.target, &ids)
        return opened.body
    }

    private mutating func redactFrame(_ detail: FrameDetail, _ body: [UInt8]) -> [UInt8] {
        switch detail.opcode {
        case 1: return json.redact(body, &ids)
        // RFC 6455 §5.5.1: two bytes of code, then a reason.
        case 8: return body.prefix(2) + body.dropFirst(2).map { _ in Placeholder.byte }
        default: return body.map { _ in Placeholder.byte }
        }
    }

    private mutating func redactExchange(_ body: [UInt8]) -> [UInt8] {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body.span)) == .object,
            let method = scanner.string("method", in: body.span), KeptWords.isIdentifier(method),
            let target = scanner.string("target", in: body.span),
            let bytes = scanner.integer("bytes", in: body.span).flatMap(Int.init(exactly:))
        else { return json.redact(body, &ids) }
        let redacted = TargetRedaction.redact(target, &ids)
        return RESTExchanged(method: method, target: redacted, bytes: bytes).body
    }

    private mutating func redactForwarded(_ body: [UInt8]) -> [UInt8] {
        let line = body.prefix { $0 != 0x0A }
        let words = line.split(separator: 0x20, maxSplits: 1)
        let method = String(decoding: words.first ?? [], as: UTF8.self)
        guard words.count == 2, KeptWords.isIdentifier(method) else {
            return Placeholder.covering(body)
        }
        let target = TargetRedaction.redact(String(decoding: words[1], as: UTF8.self), &ids)
        let rest = Array(body.dropFirst(line.count + 1))
        let end: [UInt8] = line.count < body.count ? [0x0A] : []
        return Array("\(method) \(target)".utf8) + end + json.redact(rest, &ids)
    }
}
