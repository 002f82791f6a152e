import EventStore
import Events
import IOLoop
import Session
import Threading
import Wire

/// A running gateway.
///
/// The invariant of the whole: what has come is on disk before anything that it causes leaves the
/// process. See docs/ARCHITECTURE.md for the way of a byte.
public final class GatewayServer: Sendable {
    /// Where it listens.
    public let address: SocketAddress

    private let eventLog: EventLog
    private let log: OperatorLog
    private let threads: [Thread]
    private let mailboxes: [Mailbox<ServerLoop.Request>]
    private let projector: ProjectorThread
    private let projecting: Thread

    /// The port it listens on.
    public var port: UInt16 { address.port }

    /// Opens the log, listens and serves; returns when connections are taken.
    public static func start(
        _ settings: Settings,
        log: OperatorLog
    ) throws(StartError) -> GatewayServer {
        guard let address = SocketAddress(numeric: settings.host, port: settings.port) else {
            throw StartError("GATEWAY__HOST is not an IP address: \(settings.host)")
        }
        let projector = ProjectorThread(folder: settings.logDir, log: log)
        let eventLog: EventLog
        do throws(StoreError) {
            eventLog = try EventLog.open(folder: settings.logDir, settings.logOptions) { notice in
                log.write(LogLine(notice))
                if case .sealed = notice { projector.wake() }
            }
        } catch {
            throw StartError(error.message)
        }
        do {
            return try GatewayServer(
                settings,
                log: log,
                eventLog: eventLog,
                projector: projector,
                address: address
            )
        } catch {
            eventLog.close()
            throw StartError("cannot listen on \(address): \(error)")
        }
    }

    private init(
        _ settings: Settings,
        log: OperatorLog,
        eventLog: EventLog,
        projector: ProjectorThread,
        address: SocketAddress
    ) throws {
        self.eventLog = eventLog
        self.projector = projector
        self.log = log
        let counts = ConnectionCounts(limit: settings.connectionLimit)
        var bound = address
        var loops: [ServerLoop] = []
        var mailboxes: [Mailbox<ServerLoop.Request>] = []
        for _ in 0..<settings.loops {
            let mailbox = try Mailbox<ServerLoop.Request>()
            let loop = try ServerLoop(
                settings: settings,
                log: log,
                eventLog: eventLog,
                counts: counts,
                mailbox: mailbox
            )
            bound = try loop.listen(on: bound)
            loops.append(loop)
            mailboxes.append(mailbox)
        }
        self.address = bound
        self.mailboxes = mailboxes
        let started = GatewayStarted(version: settings.version, settings: settings.recorded)
        Self.append(.gatewayStarted, started.body, to: eventLog)
        Self.report(eventLog.recovered, settings, bound, to: log)
        var threads: [Thread] = []
        for loop in loops {
            // Handed over: from here on only its thread touches the loop.
            nonisolated(unsafe) let loop = loop
            threads.append(try Thread(named: "loop") { loop.loop.run() })
        }
        self.threads = threads
        projecting = try projector.start()
    }

    /// Stops in good order: takes no more connections, lets answers end for the drain timeout, closes all
    /// connections, and closes the log. Returns when that is done.
    public func stop() {
        for mailbox in mailboxes { mailbox.post(.drain) }
        for thread in threads { thread.join() }
        projector.close()
        projecting.join()
        Self.append(.gatewayStopped, Array("stopped".utf8), to: eventLog)
        eventLog.close()
        log.write(LogLine(.info, "gateway", "Stopped"))
        log.flush()
    }

    private static func append(_ kind: EventKind, _ body: [UInt8], to eventLog: EventLog) {
        eventLog.appendToGatewayStream(
            kind,
            body: body.span,
            at: Clock.wall(),
            for: IndifferentObserver()
        )
    }

    private static func report(
        _ recovered: Recovery,
        _ settings: Settings,
        _ address: SocketAddress,
        to log: OperatorLog
    ) {
        if !recovered.closedConnections.isEmpty {
            let count = recovered.closedConnections.count
            let text = "Closed \(count) connections in the event log that the last run left open"
            log.write(LogLine(.warning, "gateway", text))
        }
        if recovered.missingEvents > 0 {
            let text = "\(recovered.missingEvents) events are missing in the event log"
            log.write(LogLine(.error, "gateway", text))
        }
        if recovered.damagedEvents > 0 {
            let text =
                "\(recovered.damagedEvents) events in the log are not as they were written; the first "
                + "is at position \(recovered.firstDamaged)"
            log.write(LogLine(.error, "gateway", text))
        }
        let text = "Listening on \(address), agent \(settings.agentURL.authority), "
        log.write(LogLine(.info, "gateway", text + "event log \(settings.logDir)"))
        log.flush()
    }
}

/// For events that nothing waits for.
private final class IndifferentObserver: CommitObserver {
    func committed(_ batch: EventBatch) {}
    func failed(_ batch: EventBatch, error: StoreError) {}
    func interrupted(_ error: StoreError) {}
    func resumed() {}
}
