import Events

extension SegmentWriter {
    /// Reads the segment, appends the events that finish what the last run left open, and finds
    /// where the log goes on.
    func recover() throws(StoreError) -> Recovery {
        var scan = RecoveryScan(firstPosition: segment.firstPosition)
        try forEachEvent { row in
            let header = row.header
            let sum = row.withBody { header.checksum(over: $0) }
            scan.take(position: row.position, header: header, isIntact: sum == row.checksum)
        }
        try checkRoom(after: scan.tail)
        tail = scan.tail
        let batch = EventBatch()
        scan.finish(in: batch, at: Clock.wall)
        if !batch.isEmpty { try append(CollectionOfOne(batch)) }
        return scan.recovery
    }

    /// Positions count from 1: one near the end of the numbers is damage, and nothing could follow.
    private func checkRoom(after tail: LogTail) throws(StoreError) {
        guard tail.position > .max / 2 else { return }
        throw StoreError(.damaged, "\(segment.path) holds the impossible position \(tail.position)")
    }
}
