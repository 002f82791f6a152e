import Events
import Session

/// Redacts one connection's events so that what is decided about the redacted ones is what the redacted log
/// records. To that end both are folded: the events as they are, and as they become.
///
/// A recorded decision that is the one to be made of the events becomes the one to be made of the
/// redacted events. One that differs is redacted by itself, and still differs at the same place.
struct ConnectionRedaction {
    private var original = Fold()
    private var redacted = Fold()
    /// Decisions that have to follow in the log, as they are and as they become; the next one first.
    private var due: [(original: DecidedEvent, redacted: DecidedEvent?)] = []

    private struct Fold {
        var replay = ConnectionReplay()
        var reading = EventReading()
        var deliveries = ExpectedDeliveries()

        /// Takes an event and enters what goes to the IDE because of it.
        mutating func take(_ header: EventHeader, _ body: [UInt8]) -> [Effect] {
            let step = replay.take(header, body.span, &reading)
            for effect in step.effects {
                switch effect {
                case .forward:
                    var frame: [UInt8] = []
                    reading.appendForwarded(body.span, to: &frame)
                    deliveries.add(bytes: frame.count, ordinal: header.ordinal)
                case .send(let text), .reject(let text):
                    deliveries.add(bytes: text.count, ordinal: header.ordinal)
                case .accept, .post, .pong, .ping, .confirmDelivery, .endTurn, .cancelRequest,
                    .close,
                    .log:
                    break
                }
            }
            return step.effects
        }
    }

    /// Takes the next event and gives its redacted body. `redaction` redacts what stands for itself.
    mutating func take(
        _ header: EventHeader,
        _ body: [UInt8],
        _ redaction: inout EventRedaction
    ) -> [UInt8] {
        let isFirst = original.replay.state.turn?.chunks == 0
        let plain = redaction.redact(header, body, isFirstChunk: isFirst)
        let result: [UInt8]
        if header.knownKind == .framesDelivered {
            result = delivery(header, body) ?? plain
        } else {
            result = decision(header, body, plain)
        }
        evolve(header, body, result)
        return result
    }

    private var isComparable: Bool { original.replay.state.link != .unopened }

    private mutating func decision(
        _ header: EventHeader,
        _ body: [UInt8],
        _ plain: [UInt8]
    ) -> [UInt8] {
        guard isComparable, !due.isEmpty else { return plain }
        let expected = due.removeFirst()
        guard let recorded = DecidedEvent(recorded: header, body.span) else {
            due = []
            return plain
        }
        guard let was = expected.original.body, let becomes = expected.redacted?.body else {
            return plain
        }
        return was == recorded.body ? becomes : differing(plain, body, was, becomes)
    }

    /// The redacted body of a decision that differs from the expected one: differing from that as before.
    private func differing(
        _ plain: [UInt8],
        _ body: [UInt8],
        _ was: [UInt8],
        _ becomes: [UInt8]
    ) -> [UInt8] {
        guard plain == becomes else { return plain }
        var marked = plain
        let place = zip(body, was).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let covered = marked.indices.first { $0 >= place ?? 0 && marked[$0] == Placeholder.byte }
        if let index = covered ?? marked.lastIndex(of: Placeholder.byte) {
            marked[index] = Placeholder.otherByte
        } else {
            marked.append(Placeholder.otherByte)
        }
        return marked
    }

    /// What the IDE took, of the redacted frames.
    private mutating func delivery(_ header: EventHeader, _ body: [UInt8]) -> [UInt8]? {
        guard isComparable, header.version == 1, let recorded = FramesDelivered(body.span),
            let was = original.deliveries.taken(through: header.detail),
            let becomes = redacted.deliveries.taken(through: header.detail)
        else { return nil }
        let result = FramesDelivered(
            frames: becomes.frames &+ (recorded.frames &- was.frames),
            bytes: becomes.bytes &+ (recorded.bytes &- was.bytes)
        )
        if recorded != was {
            original.deliveries.accept(recorded)
            redacted.deliveries.accept(result)
        }
        return result.body
    }

    private mutating func evolve(_ header: EventHeader, _ body: [UInt8], _ result: [UInt8]) {
        let turns = (original.replay.state.turn, redacted.replay.state.turn)
        let before = original.take(header, body)
        let after = redacted.take(header, result)
        guard isComparable else { return }
        let was = before.compactMap {
            DecidedEvent($0, decidedOn: header.ordinal, turn: turns.0)
        }
        let becomes = after.compactMap {
            DecidedEvent($0, decidedOn: header.ordinal, turn: turns.1)
        }
        for (index, event) in was.enumerated() {
            due.append((event, index < becomes.count ? becomes[index] : nil))
        }
    }
}
