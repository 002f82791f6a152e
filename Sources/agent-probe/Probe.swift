import AgentClient
import IOLoop
import Wire

/// One call of an agent, with the client and the parsers of the gateway.
final class Probe: AgentExchangeOwner {
    private let isRaw: Bool
    private let print: ([UInt8]) -> Void
    private let finished: () -> Void
    private var events = EventDispatch()
    private var status = 0
    private var body: [UInt8] = []
    /// Whether the answer came whole and was what was asked for; nil: it is not over.
    private(set) var outcome: Bool?

    private init(
        isRaw: Bool,
        print: @escaping ([UInt8]) -> Void,
        finished: @escaping () -> Void
    ) {
        self.isRaw = isRaw
        self.print = print
        self.finished = finished
    }

    /// Calls the agent and gives each line to `print` when it is known. Returns whether all went well.
    /// Throws when the system has no descriptors.
    static func run(
        _ options: ProbeOptions,
        print: @escaping ([UInt8]) -> Void
    ) throws(IOError) -> Bool {
        let loop = try EventLoop()
        let settings = AgentClientSettings(connectTimeout: options.timeout)
        let client = try AgentClient(options.url.origin, settings: settings, on: loop)
        let probe = Probe(isRaw: options.isRaw, print: print) { loop.stop() }
        let exchange = client.send(options.request, owner: probe)
        if probe.outcome == nil { loop.run() }
        // A call that failed may still be under way.
        exchange.cancel()
        client.close()
        return probe.outcome == true
    }

    func exchange(_ exchange: AgentExchange, began head: HTTPResponseHead, raw: Span<UInt8>) {
        status = head.status
        guard !isRaw else { return }
        if !(200...299).contains(status) {
            fail("the agent answered with status \(status)")
        } else if !head.isMediaType("text/event-stream") {
            let type = head.mediaType ?? "nothing"
            fail("the agent answered with \(type), not with text/event-stream")
        }
    }

    func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int {
        guard outcome == nil else { return body.count }
        if isRaw {
            self.body.append(copying: body)
            return body.count
        }
        do throws(SSEViolation) {
            return try events.receive(body, print)
        } catch {
            fail(error.description)
            return body.count
        }
    }

    func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>) {
        guard outcome == nil else { return }
        if isRaw {
            var writer = JSONObjectWriter()
            writer.add("status", Int64(status))
            writer.add("body_b64", Base64.encode(body.span))
            printLine(writer)
        }
        end(true)
    }

    func exchange(_ exchange: AgentExchange, failed failure: AgentFailure, rest: Span<UInt8>) {
        fail(failure.description)
    }

    private func fail(_ reason: String) {
        guard outcome == nil else { return }
        var writer = JSONObjectWriter()
        writer.add("error", reason)
        printLine(writer)
        end(false)
    }

    private func printLine(_ writer: JSONObjectWriter) {
        print(writer.bytes + [UInt8(ascii: "\n")])
    }

    private func end(_ isGood: Bool) {
        outcome = isGood
        finished()
    }
}
