import EventStore
import Events
import Glibc
import Postmortem

/// Exports a bundle.
struct BundleSink: ExportSink {
    private let path: String
    private let writer: BundleWriter
    private var facts: [BundleFact]
    private var positions: ClosedRange<Int64>?
    private var connections: [Int64] = []

    /// `facts`: what the bundle is to say of itself, beside what its events say.
    init(path: String, replaces: Bool, facts: [BundleFact]) throws {
        self.path = path
        self.facts = facts
        writer = try CommandFailure.catching(path) { () throws(StoreError) in
            try BundleWriter(path: path, replaces: replaces)
        }
    }

    mutating func begin(_ connection: ConnectionSummary, _ outline: ConnectionOutline) {
        connections.append(connection.connection)
    }

    mutating func take(_ event: RecordedEvent) throws {
        let (first, last) = (positions?.lowerBound ?? event.position, positions?.upperBound ?? 0)
        positions = min(first, event.position)...max(last, event.position)
        try append(event)
    }

    mutating func takeOfGateway(_ event: RecordedEvent) throws { try append(event) }

    mutating func finish(_ verdicts: [Verdict]) throws -> Int64 {
        if let positions {
            facts.append(
                BundleFact("source_positions", "\(positions.lowerBound)-\(positions.upperBound)")
            )
        }
        for connection in connections {
            facts.append(BundleFact("connection", connection: connection, "\(connection)"))
        }
        facts += verdicts.map {
            BundleFact(BundleFact.verdictName, connection: $0.connection, $0.name.rawValue)
        }
        try CommandFailure.catching(path) { () throws(StoreError) in try writer.finish(facts) }
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    private func append(_ event: RecordedEvent) throws {
        try CommandFailure.catching(path) { () throws(StoreError) in
            try writer.append(
                position: event.position,
                event.header,
                checksum: event.checksum,
                event.body.span
            )
        }
    }
}
