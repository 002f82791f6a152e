import EventStore
import Postmortem

extension ConnectionOutline {
    /// The outline of a connection, of its events up to a position.
    init(
        reading connection: ConnectionSummary,
        through end: Int64,
        _ log: LogReader
    ) throws {
        self.init()
        try log.forEach(
            connection: connection.connection,
            kinds: Self.kinds,
            from: connection.firstPosition,
            through: end
        ) { _, header, _, _ in
            take(header)
            return true
        }
    }
}
