import Events
import Session

/// A conversation as text, read and written line by line. Lines at the margin are what happens;
/// the indented lines below each are the effects.
///
/// A script is run by taking only its lines at the margin and writing down what follows from each.
/// A test compares the result with the script, so a failure shows both traces whole.
struct Script {
    private(set) var state = SessionState()
    /// Every event so far, for properties.
    private(set) var events: [(header: EventHeader, body: [UInt8])] = []
    private var reading = EventReading()
    private var lines: [String] = []
    private let showsLog: Bool

    /// Runs a script and gives the trace.
    static func run(_ script: String, log: Bool = false) -> String {
        Script(script, log: log).trace
    }

    init(_ script: String, log: Bool = false) {
        showsLog = log
        for line in script.split(separator: "\n") where !line.hasPrefix(" ") {
            lines.append(String(line))
            guard line != "state" else {
                lines += stateLines
                continue
            }
            guard let input = ScriptInput(line) else {
                lines.append("  ?? not an input")
                continue
            }
            take(input, cause: input.isAnswer ? state.turn?.request ?? 0 : 0)
        }
    }

    var trace: String { lines.joined(separator: "\n") }

    private mutating func take(_ input: ScriptInput, cause: Int64) {
        let header = EventHeader(
            connection: 1,
            ordinal: state.ordinal + 1,
            cause: cause,
            at: 0,
            kind: input.kind,
            detail: input.detail
        )
        events.append((header, input.body))
        let turn = state.turn
        let isFirst = turn?.chunks == 0
        let event = reading.read(header, input.body.span, isFirstChunk: isFirst)
        var effects: [Effect] = []
        state.decide(event, header, input.body.span, &effects)
        var again: [Effect] = []
        state.decide(event, header, input.body.span, &again)
        if again != effects { lines.append("  ?? decided differently the second time") }
        for effect in effects { show(effect, input.body) }
        state.evolve(event, header, input.body.span)
        for effect in effects { record(effect, of: header, turn) }
    }

    /// The events that an effect has to leave in the log.
    private mutating func record(
        _ effect: Effect,
        of header: EventHeader,
        _ turn: SessionState.Turn?
    ) {
        switch effect {
        case .post(let frame, let body):
            take(ScriptInput(.requestSent, body: body), cause: frame)
        case .reject(let body):
            take(ScriptInput(.frameRejected, body: body), cause: header.ordinal)
        case .endTurn(let end):
            take(ScriptInput(.streamEnded, detail: end.rawValue), cause: header.ordinal)
        case .cancelRequest:
            let detail = RequestFailure.cancelled.rawValue
            take(ScriptInput(.requestFailed, detail: detail), cause: turn?.request ?? 0)
        case .close(let closed, let code):
            let input = ScriptInput(.connectionClosed, detail: code, body: closed.body)
            take(input, cause: header.ordinal)
        case .accept, .forward, .send, .pong, .ping, .confirmDelivery, .log: break
        }
    }

    private mutating func show(_ effect: Effect, _ body: [UInt8]) {
        if case .log(let line) = effect {
            if showsLog { lines.append("  \(line.level.name): [\(line.id)] \(line.message)") }
            return
        }
        lines.append("  " + words(effect, body))
    }

    private mutating func words(_ effect: Effect, _ chunk: [UInt8]) -> String {
        switch effect {
        case .accept: return "accept"
        case .post(let frame, let body): return "post of frame \(frame) \(text(body))"
        case .reject(let body): return "reject \(text(body))"
        case .forward:
            var frame: [UInt8] = []
            reading.appendForwarded(chunk.span, to: &frame)
            return "forward \(text(frame))"
        case .send(let body): return "send \(text(body))"
        case .pong: return "pong"
        case .ping: return "ping"
        case .confirmDelivery(let atOnce): return "confirm delivery" + (atOnce ? " at once" : "")
        case .endTurn(let end): return "end turn \(end)"
        case .cancelRequest: return "cancel request"
        case .close(let closed, let code):
            return "close \(code) by \(closed.side.rawValue)"
                + (closed.reason.isEmpty ? "" : ": \(closed.reason)")
        case .log(let line): return line.message
        }
    }

    private var stateLines: [String] {
        let identity =
            switch state.identity {
            case .temporary(let id): "temporary \(id.text)"
            case .session(let id): "session \(id.text)"
            case nil: "none"
            }
        let turn = state.turn.map { "of frame \($0.frame), chunks \($0.chunks)" } ?? "none"
        let head = "  \(identity); turn \(turn); waiting \(state.waiting.count)"
        return [head] + state.anomalies.map { "  anomaly at \($0.ordinal): \($0.kind)" }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
