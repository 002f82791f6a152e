import Events
import Session

/// What IDEs did in a recorded dialogue and what came of it, made from its rows: a fold that keeps all
/// bytes. The frames that an IDE was sent are made again by the decision function.
public struct DrivePlan {
    /// What was done, in the order of the record.
    public private(set) var moves: [DriveMove] = []
    /// The connections, in the order of their openings.
    public var connections: [DrivenConnection] { order.compactMap { folds[$0]?.expected } }
    /// Position and time of the last row.
    public private(set) var lastAt: Int64 = 0

    private struct Fold {
        var replay = ConnectionReplay()
        var expected: DrivenConnection
        var messages = 0
        var heartbeats = 0
        var pongs = 0
        var delivered: Int64 = 0
        /// Frames it had been sent when the IDE sent its last frame.
        var framesAtLastSend = 0
    }

    private var folds: [Int64: Fold] = [:]
    private var order: [Int64] = []
    private var reading = EventReading()
    /// When an IDE could see something last, and whether events followed that none could see.
    private var lastSeenAt: Int64 = 0
    private var hasUnseen = false

    /// An IDE whose socket took nothing for so long, µs, did not read.
    private static let stalled: Int64 = 100_000

    /// A plan of nothing.
    public init() {}

    /// Takes the next row of the dialogue.
    public mutating func take(position: Int64, _ header: EventHeader, _ body: Span<UInt8>) {
        lastAt = header.at
        let number = header.connection
        guard number > 0 else { return }
        if folds[number] == nil {
            guard header.knownKind == .connectionOpened, let opened = ConnectionOpened(body) else {
                return
            }
            order.append(number)
            folds[number] = Fold(
                expected: DrivenConnection(connection: number, pathID: opened.id)
            )
        }
        guard var fold = folds[number] else { return }
        let wasOpen = fold.replay.state.isOpen
        let step = fold.replay.take(header, body, &reading)
        if let action = Self.action(step.event, header, body, wasOpen: wasOpen) {
            move(number, position, header.at, action)
        }
        note(step.event, header, &fold)
        let before = fold.expected.frames.count
        for effect in step.effects { expect(effect, header, body, &fold) }
        if fold.expected.frames.count > before {
            see(header.at)
        } else if header.cause != 0, !fold.replay.state.isOpen {
            hasUnseen = true
        }
        folds[number] = fold
    }

    /// The rows have ended.
    public mutating func finish() {
        for number in order { folds[number].map { folds[number] = Self.finished($0) } }
        var last: Int64?
        for index in moves.indices {
            defer { last = moves[index].at }
            for (number, count) in moves[index].seen {
                guard let limit = folds[number]?.expected.readLimit, count > limit else { continue }
                // What is not read cannot be waited for; the time can.
                moves[index].seen[number] = limit
                let gap = last.map { moves[index].at.subtractingReportingOverflow($0).partialValue }
                moves[index].unseen = max(moves[index].unseen, gap ?? 0)
            }
        }
    }

    private mutating func see(_ at: Int64) {
        lastSeenAt = at
        hasUnseen = false
    }

    private mutating func move(
        _ number: Int64,
        _ position: Int64,
        _ at: Int64,
        _ action: DriveMove.Action
    ) {
        let gap = at.subtractingReportingOverflow(lastSeenAt).partialValue
        moves.append(
            DriveMove(
                connection: number,
                position: position,
                at: at,
                action: action,
                seen: folds.mapValues(\.expected.frames.count).filter { $0.value > 0 },
                unseen: hasUnseen && !moves.isEmpty ? max(0, gap) : 0
            )
        )
        see(at)
    }

    /// Pongs are left out: a client sends its own.
    private static func action(
        _ event: Event,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        wasOpen: Bool
    ) -> DriveMove.Action? {
        switch event {
        case .connectionOpened(let opened) where !wasOpen:
            return .open(id: opened.id, target: opened.target)
        case .messageReceived, .pingReceived, .closeReceived:
            guard wasOpen else { return nil }
            let frame = FrameDetail(header.detail)
            return .send(
                opcode: frame.opcode,
                fragments: min(max(1, frame.fragments), 65_536),
                payload: body.withUnsafeBufferPointer { Array($0) }
            )
        case .violation(let code, _): return wasOpen ? .violate(code: code) : nil
        case .connectionClosed(let closed, _):
            guard wasOpen, header.cause == 0 else { return nil }
            switch closed.side {
            case .ide: return .finish
            case .network: return .reset
            case .gateway: return .awaitEnd(reason: closed.reason)
            }
        default: return nil
        }
    }

    private func note(_ event: Event, _ header: EventHeader, _ fold: inout Fold) {
        switch event {
        case .messageReceived:
            fold.messages += 1
            fold.framesAtLastSend = fold.expected.frames.count
        case .pongReceived: fold.pongs += 1
        case .heartbeatDue: fold.heartbeats += 1
        case .framesDelivered(let through): fold.delivered = max(fold.delivered, through)
        case .connectionClosed(let closed, let code) where fold.expected.end == nil:
            fold.expected.end = .init(side: closed.side.rawValue, code: code, at: header.at)
        default: break
        }
    }

    private mutating func expect(
        _ effect: Effect,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ fold: inout Fold
    ) {
        var payload: [UInt8] = []
        switch effect {
        case .forward: reading.appendForwarded(body, to: &payload)
        case .send(let text), .reject(let text): payload = text
        default: return
        }
        fold.expected.frames.append(
            ExpectedFrame(
                payload: payload,
                ordinal: header.ordinal,
                at: header.at,
                message: fold.messages
            )
        )
    }

    private static func finished(_ fold: Fold) -> Fold {
        var fold = fold
        fold.expected.answersPings = fold.heartbeats == 0 || fold.pongs > 0
        let stuck = fold.expected.frames.first { $0.ordinal > fold.delivered }
        if let stuck, let end = fold.expected.end, end.code != 1006 || end.side != "gateway",
            end.at.subtractingReportingOverflow(stuck.at).partialValue > stalled
        {
            fold.expected.readLimit = fold.framesAtLastSend
        }
        return fold
    }
}
