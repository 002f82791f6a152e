import Events

/// Reads the log of a folder, also while a gateway writes it, or a copy of such a folder, or a single
/// file: a bundle, which holds chosen connections only, or one segment. Never writes to the log and
/// never checkpoints; takes no lock that a gateway would wait for. For one thread at a time.
///
/// Segments are opened when they are needed. Meanwhile the log may roll to new ones, one may be
/// sealed, and retention may remove the oldest: a reader goes on with what there is.
public final class LogReader {
    /// Position through which the log has been removed before this reader came to it; 0: none was.
    public private(set) var removedThrough: Int64 = 0

    /// Whether it is a bundle: positions in it have holes, where other connections' events were.
    public let isBundle: Bool

    /// Whether what cannot be read is passed over and noted in ``damage``; else reading ends there with an
    /// error.
    public var skipsDamage = false
    /// What could not be read so far, in the order in which it was found.
    public internal(set) var damage: [LogDamage] = []
    /// Whether any event could be read.
    public internal(set) var hasRead = false

    private let folder: LogFolder
    /// Set when it is not a folder that is read.
    private let alone: Segment?
    /// As listed last; never empty.
    private(set) var segments: [Segment] = []
    var pool: SegmentPool

    /// How often a segment that changes under the reader is opened again.
    private static let attempts = 5

    /// For the log of a folder, or for a file. Throws ``StoreError/Kind/noLog`` for a folder without a
    /// segment, ``StoreError/Kind/notALog`` for a file that is none, and the system's reason for what
    /// cannot be read; the segments of a folder are opened when they are needed.
    ///
    /// - Parameters:
    ///   - folder: path of the folder, or of a bundle or segment by itself.
    ///   - besideWriter: whether this process may be writing the log. Then a segment that can still
    ///     change is never read without locks: closing such a file would end the locks that the writer
    ///     has on it, which belong to the process (POSIX, `fcntl`).
    public init(folder: String, besideWriter: Bool = false) throws(StoreError) {
        self.folder = LogFolder(path: folder)
        var pool = SegmentPool(besideWriter: besideWriter)
        if self.folder.isFile {
            let segment = Segment(alone: folder)
            isBundle = try Self.reader(of: segment, &pool).isBundle
            pool.closeUnsealed()
            alone = segment
        } else {
            isBundle = false
            alone = nil
        }
        self.pool = pool
        try list()
        if segments.isEmpty {
            throw StoreError(.noLog, "\(folder) holds no event log (no events-….db file)")
        }
    }

    private static func reader(
        of file: Segment,
        _ pool: inout SegmentPool
    ) throws(StoreError) -> SegmentReader {
        do throws(StoreError) {
            return try pool.reader(of: file)
        } catch {
            guard case .notALog = error.kind else { throw error }
            let text = "\(file.path) is no bundle and no segment of an event log: \(error)"
            throw StoreError(.notALog, text)
        }
    }

    /// What a bundle says of itself; nothing for a log.
    public func bundleFacts() throws(StoreError) -> [BundleFact] {
        guard isBundle, let alone else { return [] }
        return try reader(of: alone).bundleFacts()
    }

    /// Gives events in the order of their positions, until the body returns false.
    ///
    /// - Parameters:
    ///   - connection: only those of this connection (0: the gateway's own); nil: all. In segments
    ///     after that which knows the connection to be over nothing is looked for.
    ///   - kinds: only those of these kinds; nil: all, also kinds unknown here.
    ///   - from: the first position to look at.
    ///   - through: the last position to look at; by default the last one in the log as of now.
    /// - Throws: what the body throws; ``StoreError`` when the log cannot be read any further, after
    ///   all events before that place have been given; not with ``skipsDamage``.
    public func forEach(
        connection: Int64? = nil,
        kinds: Set<EventKind>? = nil,
        from: Int64 = 1,
        through: Int64 = .max,
        _ body: EventVisitor
    ) throws {
        defer { pool.closeUnsealed() }
        let end = end(of: through)
        var part = EventSelection(connection: connection, from: from, through: end, kinds: kinds)
        if let connection, from <= 1 { part.from = firstPosition(of: connection) }
        while part.from <= end {
            let index = index(of: part.from)
            let isLast = index + 1 >= segments.count
            let reach = isLast ? .max : segments[index + 1].firstPosition - 1
            part.through = min(end, reach)
            pool.closeUnsealed(except: segments[index])
            let segment = segments[index]
            guard try read(segment, part, body), reach < end else { return }
            if !isLast, index + 1 < segments.count, segments[index] == segment {
                noteHole(after: segment, before: segments[index + 1], from: part.from)
            }
            // Retention may have removed the segment meanwhile: then nothing is known of its end.
            if let connection, let reader = try? reader(of: segment), reader.isLast(of: connection)
            {
                return
            }
            part.from = reach + 1
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

    /// A position before which a connection has no events, by the numbers that sealed segments know. They
    /// only grow, so that few segments are opened.
    private func firstPosition(of connection: Int64) -> Int64 {
        guard connection > 0 else { return 1 }
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            let seal = (try? reader(of: segments[middle]))?.seal
            if let seal, seal.nextConnection <= connection {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < segments.count ? segments[low].firstPosition : .max
    }

    /// The last position to read, as of now. Where the end of the log itself cannot be read, the events
    /// before it still can.
    private func end(of through: Int64) -> Int64 {
        try? list()
        if let active = segments.last, through < active.firstPosition { return through }
        return min(through, (try? findLastPosition()) ?? .max)
    }

    func findLastPosition() throws(StoreError) -> Int64 {
        try list()
        guard let last = segments.last else { return 0 }
        return max(try reader(of: last).lastPosition(), last.firstPosition - 1)
    }

    /// Looks which segments there are. A folder in which there are none any more, or that cannot be
    /// listed, leaves what is known.
    func list() throws(StoreError) {
        if let alone {
            segments = [alone]
            return
        }
        let found = try folder.segments()
        if !found.isEmpty { segments = found }
    }

    /// Index of the segment that holds a position, or would; the first one for what lies before it.
    private func index(of position: Int64) -> Int {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].firstPosition <= position {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return max(0, low - 1)
    }

    func reader(of segment: Segment) throws(StoreError) -> SegmentReader {
        var attempt = 1
        while true {
            do throws(StoreError) {
                return try pool.reader(of: segment)
            } catch {
                guard error.isPassing, attempt < Self.attempts else { throw error }
                attempt += 1
            }
        }
    }

    /// Reads one segment; false: the body wants no more.
    private func read(
        _ segment: Segment,
        _ selection: EventSelection,
        _ body: EventVisitor
    ) throws -> Bool {
        var rest = selection
        var attempt = 1
        while true {
            let failure: StoreError
            switch Result(catching: { () throws(StoreError) in try reader(of: segment) }) {
            case .failure(let error): failure = error
            case .success(let reader):
                if reader.isCut, skipsDamage { (rest.connection, rest.kinds) = (nil, nil) }
                let isWhole =
                    skipsDamage && !isBundle && rest.connection == nil && rest.kinds == nil
                // The position that has to come; 0: any may.
                var due = isWhole && alone == nil ? max(rest.from, segment.firstPosition) : 0
                let outcome = try reader.read(rest) { position, header, checksum, bytes in
                    hasRead = true
                    if due > 0, position > due { note(segment, due, position - 1, Self.lost) }
                    if isWhole { due = position &+ 1 }
                    guard selection.contains(header) else { return true }
                    return try body(position, header, checksum, bytes)
                }
                switch outcome {
                case .finished:
                    noteEnd(of: reader, after: due, through: rest.through)
                    return true
                case .stopped: return false
                case .failed(let error): failure = error
                }
                guard reader.lastGiven < rest.through else { return true }
                rest.from = reader.lastGiven + 1
                if failure.isDamage, reader.mayBeChanging, attempt < Self.attempts {
                    attempt += 1
                    pool.close(segment)
                    continue
                }
                if failure.isDamage, reader.usesIndexes {
                    reader.usesIndexes = false
                    continue
                }
                if failure.isDamage, skipsDamage {
                    guard goOn(&rest, reader, failure) else { return true }
                    continue
                }
            }
            pool.close(segment)
            if isRemoved(segment) { return true }
            if failure.isPassing, attempt < Self.attempts {
                attempt += 1
                continue
            }
            guard skipsDamage else { throw failure }
            note(segment, rest.from, rest.through, failure)
            return true
        }
    }

    /// The log as of now. Where its end cannot be read, the events before it still can.
    func snapshot() throws(StoreError) -> LogSnapshot {
        let through: Int64
        do throws(StoreError) {
            through = try lastPosition()
        } catch {
            guard skipsDamage else { throw error }
            through = .max
        }
        return LogSnapshot(segments: segments, through: through)
    }

    /// Whether retention has removed a segment, and with it all that are older.
    func isRemoved(_ segment: Segment) -> Bool {
        try? list()
        guard let oldest = segments.first?.firstPosition, oldest > segment.firstPosition else {
            return false
        }
        removedThrough = oldest - 1
        return true
    }
}
