import IOLoop

/// The addresses of the agent's host. A name is looked up off the loop, and again after a while: in a
/// container network an agent that starts anew has a new address.
final class AgentAddresses {
    /// How long an answer is used, in microseconds.
    private static let lifetime: Int64 = 10_000_000

    private let host: String
    private let port: UInt16
    private let loop: EventLoop
    private let mailbox: Mailbox<Resolver.Outcome>
    private let numeric: SocketAddress?
    private var known: [SocketAddress] = []
    private var knownUntil: Int64 = 0
    private var asking: [(Resolver.Outcome) -> Void] = []

    init(host: String, port: UInt16, loop: EventLoop) throws(IOError) {
        self.host = host
        self.port = port
        self.loop = loop
        mailbox = try Mailbox()
        numeric = SocketAddress(numeric: host, port: port)
        mailbox.open(on: loop) { [weak self] outcome in self?.answer(outcome) }
    }

    /// Gives the addresses, or why there are none; at once when they are known.
    func find(_ done: @escaping (Resolver.Outcome) -> Void) {
        if let numeric { return done(.addresses([numeric])) }
        if !known.isEmpty, loop.now < knownUntil { return done(.addresses(known)) }
        asking.append(done)
        guard asking.count == 1 else { return }
        let mailbox = mailbox
        Resolver.resolve(host, port: port) { mailbox.post($0) }
    }

    /// The addresses were of no use: look them up anew next time.
    func forget() { known = [] }

    private func answer(_ outcome: Resolver.Outcome) {
        if case .addresses(let found) = outcome {
            known = found
            knownUntil = loop.now &+ Self.lifetime
        }
        var asking: [(Resolver.Outcome) -> Void] = []
        swap(&asking, &self.asking)
        for done in asking { done(outcome) }
    }
}
