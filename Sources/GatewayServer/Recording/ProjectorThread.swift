import EventStore
import Projections
import Session
import Threading

/// Keeps the projections of the log up to date, on a thread of its own that lets all others go first.
/// Nothing in the gateway waits for them or reads them.
final class ProjectorThread: Sendable {
    private struct State {
        /// When to take in what has been sealed, a time of `Clock.monotonic()`; nil: nothing has been.
        var due: Int64?
        var isClosing = false
    }

    private enum Next {
        case end
        case work
        case waitAnew
    }

    /// How long after a seal the work begins, µs: several seals of a busy time make one piece of work, and
    /// a busy moment is not burdened with it.
    private static let delay: Int64 = 30_000_000

    private let projector: Projector
    private let log: OperatorLog
    private let folder: String
    private let state: Monitor<State>

    /// For the log of a folder.
    init(folder: String, log: OperatorLog) {
        projector = Projector(folder: folder, besideWriter: true)
        self.folder = folder
        self.log = log
        state = Monitor(State())
    }

    /// Begins to work, at once with what is sealed already. The thread is to be joined after ``close()``.
    func start() throws(ThreadError) -> Thread {
        let sealed = (try? LogReader(folder: folder, besideWriter: true).sealedThrough()) ?? 0
        if sealed > 0 { state.update { $0.due = Clock.monotonic() } }
        return try Thread(named: "projector") { [self] in run() }
    }

    /// A segment has been sealed, or what has been could not be taken in yet. From any thread.
    func wake() {
        let due = Clock.monotonic() + Self.delay
        state.update { if $0.due == nil { $0.due = due } }
    }

    /// Gives up the work under way, which the next start does again. From any thread.
    func close() { state.update { $0.isClosing = true } }

    private func run() {
        Thread.yieldToOthers()
        while isTime() { catchUp() }
    }

    /// Waits until there is something to do; false: there will not be.
    private func isTime() -> Bool {
        while true {
            let known = state.withLock { $0.due }
            let next = state.wait(until: known) { state -> Next? in
                if state.isClosing { return .end }
                if let due = state.due, due <= Clock.monotonic() {
                    state.due = nil
                    return .work
                }
                return state.due == known ? nil : .waitAnew
            }
            switch next {
            case .end: return false
            case .work: return true
            case .waitAnew, nil: break
            }
        }
    }

    private func catchUp() {
        do {
            _ = try projector.catchUp { [state] _, _ in state.withLock { !$0.isClosing } }
        } catch ProjectionsError.inUse {
            wake()
        } catch {
            let text = "Cannot bring the projections up to date: \(error)"
            log.write(LogLine(.warning, "gateway", text))
        }
    }
}
