import AgentClient
import Wire

/// Keeps what it is told of an exchange.
final class RecordingOwner: AgentExchangeOwner {
    enum End: Equatable {
        case completed(rest: String)
        case failed(AgentFailure, rest: String)
    }

    private(set) var head: HTTPResponseHead?
    /// What was done with.
    private(set) var body: [UInt8] = []
    private(set) var end: End?
    /// Called with the exchange when body bytes came.
    var onBody: (AgentExchange) -> Void = { _ in }
    /// Called when the exchange completed.
    var onCompletion: () -> Void = {}
    /// Whether only whole lines are done with.
    var takesLines = false

    var text: String { String(decoding: body, as: UTF8.self) }

    func exchange(_ exchange: AgentExchange, began head: HTTPResponseHead, raw: Span<UInt8>) {
        self.head = head
    }

    func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int {
        var count = body.count
        while takesLines, count > 0, body[count - 1] != UInt8(ascii: "\n") { count -= 1 }
        body.withUnsafeBufferPointer { self.body.append(contentsOf: $0.prefix(count)) }
        onBody(exchange)
        return count
    }

    func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>) {
        end = .completed(rest: Self.text(rest))
        onCompletion()
    }

    func exchange(_ exchange: AgentExchange, failed failure: AgentFailure, rest: Span<UInt8>) {
        end = .failed(failure, rest: Self.text(rest))
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
