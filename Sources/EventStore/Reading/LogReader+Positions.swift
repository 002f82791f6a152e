// Where the log begins and ends.
extension LogReader {
    /// Position of the last event as of now; 0: the log is empty.
    public func lastPosition() throws(StoreError) -> Int64 {
        defer { pool.closeUnsealed() }
        return try findLastPosition()
    }

    /// Position of the first event that the log still has as of now, or would have.
    public func firstPosition() throws(StoreError) -> Int64 {
        try list()
        return segments.first?.firstPosition ?? 1
    }

    /// A position before which the log has no event as late as a wall time (µs since 1970), by what sealed
    /// segments know of their events: where to begin to look for what is not older than that.
    public func position(notBefore time: Int64) throws(StoreError) -> Int64 {
        defer { pool.closeUnsealed() }
        try list()
        for segment in segments {
            // One that cannot be opened is no reason to pass over what is in it.
            guard let seal = (try? reader(of: segment))?.seal, seal.lastAt < time else {
                return segment.firstPosition
            }
        }
        return (segments.last.flatMap { (try? reader(of: $0))?.seal?.lastPosition } ?? 0) &+ 1
    }

    /// Position of the last event of the newest sealed segment as of now; 0: none is sealed.
    public func sealedThrough() throws(StoreError) -> Int64 {
        defer { pool.closeUnsealed() }
        try list()
        for segment in segments.reversed() {
            if let seal = try reader(of: segment).seal { return seal.lastPosition }
        }
        return 0
    }
}
