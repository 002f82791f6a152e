import BlockingWebSocket
import Glibc
import Postmortem
import Session
import Threading
import Wire

/// Does again what the IDEs of a recorded dialogue did, with a live gateway. One thread does all moves in
/// the order of the record, and reads on all connections meanwhile.
final class GatewayDrive {
    private let plan: DrivePlan
    private let target: WebSocketURL
    private let fields: HTTPFields
    private let pace: DrivePace
    /// Told what is going on, on a line.
    private let say: (String) -> Void

    private var live: [Int64: LiveConnection] = [:]
    private var mapping = IDMapping()
    private var temporaryIDs = 0
    private let begin = ContinuousClock.now
    /// Whether the record says that the gateway has gone: the next one may need a moment to come.
    private var hasGatewayGone = false

    /// Between two looks at a connection that is waited for.
    private static let slice = Duration.milliseconds(5)

    init(
        _ plan: DrivePlan,
        to target: WebSocketURL,
        fields: HTTPFields,
        _ pace: DrivePace,
        say: @escaping (String) -> Void
    ) {
        self.plan = plan
        self.target = target
        self.fields = fields
        self.pace = pace
        self.say = say
    }

    /// Which live ids stand for the recorded ones.
    var ids: IDMapping { mapping }

    /// Does everything. Throws ``CommandFailure`` when the gateway cannot be reached.
    func run() throws -> [LiveConnection] {
        var lastAt = plan.moves.first?.at ?? 0
        for move in plan.moves {
            wait(for: move, since: lastAt)
            lastAt = move.at
            try perform(move)
        }
        let rest = plan.lastAt.subtractingReportingOverflow(lastAt).partialValue
        waitForEnd(pace.patience + pace.scaled(rest))
        return plan.connections.compactMap { live[$0.connection] }
    }

    /// Lets go of the connections that are still open, after a time in which pings are answered.
    func end(after hold: Duration) {
        let deadline = Deadline(after: hold)
        while !deadline.hasPassed { pass(Self.slice) }
        for connection in live.values { connection.drop() }
    }

    private func perform(_ move: DriveMove) throws {
        switch move.action {
        case .open(let id, let path): try open(move.connection, id, path)
        case .awaitEnd(let reason): awaitEnd(move, reason)
        default: live[move.connection]?.perform(move.action, mapping)
        }
    }

    private func open(_ number: Int64, _ id: String, _ path: String) throws {
        guard let expected = plan.connections.first(where: { $0.connection == number }) else {
            return
        }
        let liveID = liveID(id)
        let connection = LiveConnection(expected, liveID: liveID)
        live[number] = connection
        let prefix = path.hasPrefix("/ws/") ? ["ws"] : ["api", "v1", "ws"]
        let url = (prefix + [liveID]).reduce(target) { $0.appending(segment: $1) }
        let deadline = Deadline(after: pace.patience)
        while true {
            do throws(BlockingWebSocketError) {
                return try connection.open(url, fields: fields, timeout: pace.patience)
            } catch {
                if hasGatewayGone, !deadline.hasPassed, case .socket = error {
                    pass(.milliseconds(50))
                    continue
                }
                if live.count > 1 { return connection.fail("\(error)") }
                throw CommandFailure(
                    TerminalText.make("\(target) is no gateway that can be driven: \(error)")
                )
            }
        }
    }

    /// A temporary id is new in each run; a session's is that of the live system where it is known.
    private func liveID(_ id: String) -> String {
        guard TemporaryID(id) != nil else { return mapping[id] }
        if mapping[id] == id {
            temporaryIDs += 1
            let milliseconds = Clock.wall() / 1_000
            mapping.learn(id, "new_\(milliseconds)\(getpid())\(temporaryIDs)")
        }
        return mapping[id]
    }

    private func awaitEnd(_ move: DriveMove, _ reason: String) {
        hasGatewayGone = true
        let words = TerminalText.make(reason)
        say("waiting for the gateway to end connection \(move.connection), as recorded: \(words)")
        let deadline = Deadline(after: pace.patience)
        while live[move.connection]?.isOpen == true, !deadline.hasPassed { pass(Self.slice) }
    }

    /// Waits until it is time for a move.
    private func wait(for move: DriveMove, since lastAt: Int64) {
        let passed = move.at.subtractingReportingOverflow(lastAt).partialValue
        if pace.isStepped { return waitForHand(move) }
        switch pace.timing {
        case .original:
            let first = plan.moves.first?.at ?? move.at
            let due = begin + pace.scaled(move.at.subtractingReportingOverflow(first).partialValue)
            while .now < due { pass(min(Self.slice, due - .now)) }
        case .answers:
            let deadline = Deadline(after: pace.patience + pace.scaled(passed))
            while let number = nextBehind(move.seen) {
                if deadline.hasPassed {
                    live[number]?.isGivenUp = true
                } else {
                    pass(Self.slice, for: number)
                }
            }
            let unseen = Deadline(after: pace.scaled(move.unseen))
            while !unseen.hasPassed { pass(Self.slice) }
        }
    }

    private func waitForHand(_ move: DriveMove) {
        pass(.zero)
        say("next, on connection \(move.connection): \(move.action.words) (Enter)")
        while !StepByHand.isReady { pass(Self.slice) }
        StepByHand.take()
        pass(.zero)
    }

    /// A connection on which the answer has not come so far.
    private func nextBehind(_ seen: [Int64: Int]) -> Int64? {
        seen.keys.sorted().first { number in
            guard let connection = live[number], connection.isOpen, !connection.isGivenUp else {
                return false
            }
            let expected = connection.expectedShapes.prefix(
                min(seen[number] ?? 0, connection.expected.readLimit ?? .max)
            )
            return !ArrivalGate(Array(expected)).isOpen(connection.shapes)
        }
    }

    /// What is still expected comes, or does not.
    private func waitForEnd(_ patience: Duration) {
        let deadline = Deadline(after: patience)
        let all = Dictionary(
            uniqueKeysWithValues: plan.connections.map { ($0.connection, $0.frames.count) }
        )
        while !deadline.hasPassed {
            pass(Self.slice)
            // Of a connection that is not read the end does not come to light.
            let awaitsEnd = live.values.contains { connection in
                connection.isOpen && connection.expected.end != nil
                    && connection.expected.readLimit == nil
            }
            if !awaitsEnd, nextBehind(all) == nil { return }
        }
    }

    /// Lets time pass and reads what comes: most of the time on one connection, at once on the others.
    private func pass(_ time: Duration, for chosen: Int64? = nil) {
        let deadline = Deadline(after: time)
        let first = chosen ?? live.keys.sorted().first { live[$0]?.isOpen == true }
        for (number, connection) in live where number != first {
            connection.receive(within: .zero) { learn(connection, $0, $1) }
        }
        if let first, let connection = live[first], connection.isOpen {
            connection.receive(within: time) { learn(connection, $0, $1) }
        }
        let rest = deadline.remaining
        if rest > .zero {
            usleep(UInt32(clamping: rest.components.attoseconds / 1_000_000_000_000))
        }
    }

    private func learn(_ connection: LiveConnection, _ index: Int, _ payload: [UInt8]) {
        guard connection.expected.frames.indices.contains(index) else { return }
        let recorded = connection.expected.frames[index].payload
        guard FrameShape(recorded).type == FrameShape(payload).type else { return }
        mapping.learn(recorded: recorded, found: payload)
    }
}
