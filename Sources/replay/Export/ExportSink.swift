import Events
import Postmortem

/// Takes a dialogue's events, one connection after the other, and makes a file of them.
protocol ExportSink {
    /// The events of a connection follow. `outline`: of the same.
    mutating func begin(_ connection: ConnectionSummary, _ outline: ConnectionOutline) throws

    /// The next event of the connection that was begun last.
    mutating func take(_ event: RecordedEvent) throws

    /// An event of a REST call about one of the dialogue's sessions. They come after those of the
    /// connections, each call's events in their order.
    mutating func takeOfREST(_ event: RecordedEvent) throws

    /// An event of the gateway's own. They come after those of the connections.
    mutating func takeOfGateway(_ event: RecordedEvent) throws

    /// All events have come; returns the bytes of the file. `verdicts`: what they prove.
    mutating func finish(_ verdicts: [Verdict]) throws -> Int64
}

extension ExportSink {
    /// REST calls have streams of their own, which hold others' calls as well.
    mutating func takeOfREST(_ event: RecordedEvent) {}
}
