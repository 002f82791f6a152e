import CSQLite
import Events

/// How a row of the table `events` is read. The one place that knows the order of the columns.
extension Statement {
    /// The columns that the properties below read, in their order.
    static let eventColumns =
        "position, connection, ordinal, cause, at, kind, version, detail, checksum, body"

    var position: Int64 { integer(0) }

    /// Numbers out of range, which only damage can bring, become 0: the checksum then tells.
    var header: EventHeader {
        EventHeader(
            connection: integer(1),
            ordinal: integer(2),
            cause: integer(3),
            at: integer(4),
            kind: UInt8(exactly: integer(5)) ?? 0,
            version: UInt8(exactly: integer(6)) ?? 0,
            detail: integer(7)
        )
    }

    var checksum: UInt32 { UInt32(exactly: integer(8)) ?? 0 }

    /// Gives the body, which lives until the next step.
    func withBody<Result, Failure: Error>(
        _ read: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = sqlite3_column_blob(pointer, 9)?.assumingMemoryBound(to: UInt8.self)
        let count = start == nil ? 0 : Int(sqlite3_column_bytes(pointer, 9))
        let bytes = UnsafeBufferPointer(start: start, count: count)
        return try read(bytes.span)
    }
}
