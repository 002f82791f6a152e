import Wire

/// The requests that a simulator was sent, for any thread to look at. The oldest are forgotten past a
/// limit.
final class RequestRecord: Sendable {
    static let limit = 20_000

    private struct State {
        var requests: [RecordedRequest] = []
        var lastNumber = 0
    }

    private let state = Monitor(State())

    var requests: [RecordedRequest] { state.current.requests }

    /// Adds a request and gives its number.
    func add(_ head: HTTPRequestHead, _ body: [UInt8], sessionID: String?) -> Int {
        state.update { state in
            if state.requests.count >= Self.limit { state.requests.removeFirst(Self.limit / 2) }
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
        state.wait(atMost: timeout) { isWanted($0.requests) }.requests
    }
}
