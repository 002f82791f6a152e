import Threading
import Wire

/// The requests that a simulator was sent, for any thread to look at. The oldest are forgotten past a
/// number, or of bodies past a size.
final class RequestRecord: Sendable {
    static let limit = 20_000
    static let maxBodyBytes = 256 << 20

    private struct State {
        var requests: [RecordedRequest] = []
        var lastNumber = 0
        var bodyBytes = 0

        /// Half at once, so that this is seldom.
        mutating func forgetOldest() {
            let count = (requests.count + 1) / 2
            bodyBytes -= requests.prefix(count).reduce(0) { $0 + $1.body.count }
            requests.removeFirst(count)
        }
    }

    private let state = Monitor(State())

    var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// Adds a request and gives its number.
    func add(_ head: HTTPRequestHead, _ body: [UInt8], sessionID: String?) -> Int {
        state.update { state in
            if state.requests.count >= Self.limit { state.forgetOldest() }
            while state.bodyBytes > Self.maxBodyBytes { state.forgetOldest() }
            state.bodyBytes += body.count
            state.lastNumber += 1
            state.requests.append(
                RecordedRequest(
                    number: state.lastNumber,
                    head: head,
                    body: body,
                    sessionID: sessionID
                )
            )
            return state.lastNumber
        }
    }

    /// Sets a request's outcome.
    func set(_ outcome: RecordedRequest.Outcome, of number: Int) {
        state.update { state in
            let index = state.requests.count - 1 - (state.lastNumber - number)
            guard state.requests.indices.contains(index) else { return }
            state.requests[index].outcome = outcome
        }
    }

    /// Waits until the requests are as wanted, at most so many microseconds, and gives them as they
    /// are then.
    func wait(
        atMost timeout: Int64,
        until isWanted: ([RecordedRequest]) -> Bool
    ) -> [RecordedRequest] {
        let deadline = Clock.monotonic() &+ timeout
        let wanted = state.wait(until: deadline) { isWanted($0.requests) ? $0.requests : nil }
        return wanted ?? requests
    }
}
