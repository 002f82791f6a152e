import EventStore
import Events

extension TemporaryFolder {
    /// Ninety events of three connections in turn: segments from 1, 31 and 61, the first one sealed; each
    /// tenth event is a frame, the others are chunks.
    func fillThreeSegments() throws {
        let log = try EventLog.open(folder: self.log, LogOptions(sync: .normal))
        let events = (0..<90 as Range<Int64>).map { index in
            let kind: EventKind = index % 10 == 0 ? .frameReceived : .chunkReceived
            let ordinal = index / 3 + 1
            let header = EventHeader(kind, connection: index % 3 + 1, ordinal: ordinal, at: index)
            return (header, "event \(index)")
        }
        log.append(events)
        log.close()
        try roll(at: 31)
        try roll(at: 61)
        try seal(1)
    }
}
