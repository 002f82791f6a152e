import Wire

/// A request whose answer is wanted as a whole, and no longer than a limit.
public final class WholeAnswer: AgentExchangeOwner {
    /// How it went: the answer's head and body, or why there is none.
    public typealias Outcome = Result<(head: HTTPResponseHead, body: [UInt8]), AgentFailure>

    private let maxBytes: Int
    private var exchange: AgentExchange?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    /// Nil once it has been called, or must not be any more.
    private var finish: ((Outcome) -> Void)?

    /// Sends the request. `finish` is called once, on the loop's thread, never before this returns; who is
    /// waiting has to keep this until then.
    public init(
        to request: AgentRequest,
        by client: AgentClient,
        maxBytes: Int,
        finish: @escaping (Outcome) -> Void
    ) {
        self.maxBytes = maxBytes
        self.finish = finish
        exchange = client.send(request, owner: self)
    }

    /// Closes the connection; `finish` is not called any more.
    public func cancel() {
        finish = nil
        exchange?.cancel()
    }

    /// For the client.
    public func exchange(
        _ exchange: AgentExchange,
        began head: HTTPResponseHead,
        raw: Span<UInt8>
    ) { self.head = head }

    /// For the client.
    public func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int {
        if self.body.count + body.count > maxBytes {
            exchange.cancel()
            end(.failure(.tooLong(limit: maxBytes)))
        } else {
            self.body.append(copying: body)
        }
        return body.count
    }

    /// For the client.
    public func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>) {
        if let head { end(.success((head, body))) }
    }

    /// For the client.
    public func exchange(
        _ exchange: AgentExchange,
        failed failure: AgentFailure,
        rest: Span<UInt8>
    ) { end(.failure(failure)) }

    private func end(_ outcome: Outcome) { finish.take()?(outcome) }
}
