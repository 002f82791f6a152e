import Events
import Session

/// The streams that a failure of the log has cut off, until they are ended on record.
///
/// When the log fails, a connection's state is ahead of the log. What is in the log is only known when
/// everything on its way to it then has been answered, for a later turn can be committed although an
/// earlier one was lost. So the headers are kept as they are answered, and at last taken back, the last
/// one first, and those that are in the log taken in again.
struct SeveredStreams {
    private var streams: [Int64: StreamTail] = [:]
    /// Answered by the log, in the order they were submitted.
    private var answered: [(header: EventHeader, isCommitted: Bool)] = []
    /// Never submitted.
    private var discarded: [EventHeader] = []

    var isEmpty: Bool { streams.isEmpty }

    /// A connection is cut off, with all that has been recorded of it.
    mutating func sever(_ number: Int64, _ tail: StreamTail) { streams[number] = tail }

    /// A turn is in the log.
    mutating func committed(_ headers: [EventHeader]) {
        guard !isEmpty else { return }
        for header in headers { answered.append((header, true)) }
    }

    /// A turn is not in the log.
    mutating func lost(_ headers: [EventHeader]) {
        for header in headers where adopt(header) { answered.append((header, false)) }
    }

    /// Events were recorded and will not be submitted.
    mutating func discarded(_ headers: [EventHeader]) {
        for header in headers where adopt(header) { discarded.append(header) }
    }

    /// A connection that was over before the failure may have lost its end. False: nothing of that kind.
    private mutating func adopt(_ header: EventHeader) -> Bool {
        switch header.knownKind {
        case .restForwarded, .restExchanged: return false
        default: break
        }
        guard header.connection != 0 else { return false }
        if streams[header.connection] == nil {
            streams[header.connection] = StreamTail(ordinal: header.ordinal)
        }
        return true
    }

    /// Everything has been answered: the events that the streams still need, in order. They are taken as
    /// recorded; should they be lost, that is told as for any others.
    mutating func endings(at now: Int64) -> [EventHeader] {
        settle()
        var endings: [EventHeader] = []
        for number in streams.keys.sorted() {
            guard var tail = streams[number], tail.ordinal > 0 else { continue }
            while let ending = tail.ending(of: number, at: now, .logFailed, closeCode: 1011) {
                endings.append(ending)
                tail.add(ending)
            }
            streams[number] = tail
        }
        return endings
    }

    /// All is on record.
    mutating func removeAll() { self = SeveredStreams() }

    private mutating func settle() {
        for header in discarded.reversed() { streams[header.connection]?.remove(header) }
        for (header, _) in answered.reversed() { streams[header.connection]?.remove(header) }
        for (header, isCommitted) in answered where isCommitted {
            streams[header.connection]?.add(header)
        }
        answered = []
        discarded = []
    }
}

extension StreamTail {
    /// A stream with all that has been recorded of it.
    init(_ state: SessionState) {
        self.init(
            ordinal: state.ordinal,
            request: state.turn?.request ?? 0,
            isClosed: !state.isOpen
        )
    }
}
