import Events

/// Reads the log of a folder, also while a gateway writes it, or a copy of such a folder. Never
/// writes to the log and never checkpoints; takes no lock that a gateway would wait for. For one
/// thread at a time.
public final class LogReader {
    private let folder: LogFolder
    private var segments: [SegmentReader] = []

    /// Opens the log. Throws ``StoreError/Kind/noLog`` for a folder without a segment, and the
    /// system's or SQLite's reason when a segment cannot be opened.
    public init(folder: String) throws(StoreError) {
        self.folder = LogFolder(path: folder)
        for segment in try self.folder.segments() {
            segments.append(try SegmentReader(segment))
        }
        guard !segments.isEmpty else {
            throw StoreError(.noLog, "\(folder) holds no event log (no events-….db file)")
        }
    }

    /// Gives events in the order of their positions, until the body returns false.
    ///
    /// - Parameters:
    ///   - connection: only those of this connection (0: the gateway's own); nil: all.
    ///   - kinds: only those of these kinds; nil: all, also kinds unknown here.
    ///   - from: the first position to look at.
    ///   - through: the last position to look at; by default the last one in the log as of now.
    /// - Throws: what the body throws; ``StoreError`` when the log cannot be read any further, after
    ///   all events before that place have been given.
    public func forEach(
        connection: Int64? = nil,
        kinds: Set<EventKind>? = nil,
        from: Int64 = 1,
        through: Int64 = .max,
        _ body: EventVisitor
    ) throws {
        // Where the end itself cannot be read, the events before it still can.
        let end = (try? lastPosition()) ?? .max
        let selection = EventSelection(
            connection: connection,
            from: from,
            through: min(through, end),
            kinds: kinds
        )
        for (index, segment) in segments.enumerated() where selection.from <= selection.through {
            let isOver =
                index + 1 < segments.count
                && segments[index + 1].segment.firstPosition <= selection.from
            if isOver { continue }
            guard try segment.forEach(selection, body) else { return }
        }
    }

    /// The event at a position; nil: there is none.
    public func event(at position: Int64) throws(StoreError) -> RecordedEvent? {
        var found: RecordedEvent?
        do {
            try forEach(from: position, through: position) { position, header, checksum, body in
                let bytes = body.withUnsafeBufferPointer { Array($0) }
                found = RecordedEvent(
                    position: position,
                    header: header,
                    checksum: checksum,
                    body: bytes
                )
                return false
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.damaged, "\(error)")
        }
        return found
    }

    /// Position of the last event as of now; 0: the log is empty.
    public func lastPosition() throws(StoreError) -> Int64 {
        guard let last = segments.last else { return 0 }
        return max(try last.lastPosition(), last.segment.firstPosition - 1)
    }
}
