import EventStore
import Foundation
import IOLoop
import Testing
import Threading

@testable import GatewayServer

/// A loop of the gateway that waits for a fiftieth of a second only.
final class HTTPPatienceTests {
    private let folder = RESTGateway.makeFolder()
    private let eventLog: EventLog
    private let mailbox = try? Mailbox<ServerLoop.Request>()
    private let thread: Threading.Thread
    private let port: UInt16

    init() throws {
        var settings = try SettingsReading(environment: [:], dotEnv: nil).settings
        settings.drainTimeout = 1_000
        eventLog = try EventLog.open(folder: folder + "/log", LogOptions(sync: .normal))
        let any = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let loop = try ServerLoop(
            settings: settings,
            log: OperatorLog(descriptor: -1, format: .text, level: .error),
            eventLog: eventLog,
            counts: ConnectionCounts(limit: 1),
            mailbox: #require(mailbox)
        )
        loop.patience = RequestPatience(request: 20_000, idle: 20_000)
        port = try loop.listen(on: any).port
        // Handed over: from here on only its thread touches the loop.
        nonisolated(unsafe) let handedOver = loop
        thread = try Threading.Thread(named: "loop") { handedOver.loop.run() }
    }

    deinit {
        mailbox?.post(.drain)
        thread.join()
        eventLog.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: [
        "", "GET /hea", "GET /health HTTP/1.1\r\nHost: g\r\n",
        "POST /health HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n\r\n1",
    ])
    func whoDoesNotSayWhatIsWantedIsClosed(text: String) throws {
        let caller = try HTTPCaller(port: port)
        try caller.send(text)
        #expect(try caller.isClosed())
    }

    @Test func norIsTheNextRequestWaitedForForEver() throws {
        let caller = try HTTPCaller(port: port)
        try caller.send("GET /health HTTP/1.1\r\nHost: g\r\n\r\nGET /hea")
        #expect(try caller.receive().status == 200)
        #expect(try caller.isClosed())
    }
}
