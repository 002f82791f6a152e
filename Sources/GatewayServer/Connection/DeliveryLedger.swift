import Events

/// Which frames the IDE's socket has taken: the end of each staged text frame in the socket's count of
/// bytes, until it is sent.
struct DeliveryLedger {
    private struct Entry {
        var end: Int64
        var ordinal: Int64
        var payloadBytes: Int64
    }

    private var entries: [Entry] = []
    private var head = 0
    /// Ordinal of the event whose frame was sent last.
    private(set) var sentThrough: Int64 = 0
    /// All text frames sent so far.
    private(set) var sent = FramesDelivered(frames: 0, bytes: 0)
    /// Ordinal up to which delivery is to be put on record as soon as it is there; 0: none.
    private var wanted: Int64 = 0
    /// Whether that record must not wait for others.
    var isUrgent: Bool { isDue(urgentlyWanted) }
    private var urgentlyWanted: Int64 = 0
    private var recordedThrough: Int64 = 0

    /// What the entries take, in bytes: of very short frames many times what the frames do.
    var byteCount: Int { entries.count * MemoryLayout<Entry>.stride }

    /// A text frame was staged for the event; its last byte is the `end`th of the socket.
    mutating func staged(ordinal: Int64, end: Int64, payloadBytes: Int) {
        entries.append(Entry(end: end, ordinal: ordinal, payloadBytes: Int64(payloadBytes)))
    }

    /// The delivery of all that is staged is to be put on record.
    mutating func confirm(atOnce: Bool) {
        wanted = entries.last?.ordinal ?? sentThrough
        if atOnce, urgentlyWanted <= recordedThrough { urgentlyWanted = wanted }
    }

    /// The socket has taken so many bytes. Gives whether a confirmation is due.
    mutating func advance(to sentBytes: Int64) -> Bool {
        while head < entries.count, entries[head].end <= sentBytes {
            sentThrough = entries[head].ordinal
            sent.frames += 1
            sent.bytes &+= entries[head].payloadBytes
            head += 1
        }
        if head == entries.count {
            entries.removeAll(keepingCapacity: entries.capacity <= 64)
            head = 0
        } else if head > 1024, head > entries.count / 2 {
            entries.removeFirst(head)
            head = 0
        }
        return isDue(wanted) || isUrgent
    }

    /// Whether frames were sent that are not on record.
    var hasUnrecorded: Bool { sentThrough > recordedThrough }

    /// What is sent is on record.
    mutating func recorded() {
        recordedThrough = sentThrough
    }

    private func isDue(_ ordinal: Int64) -> Bool {
        ordinal > recordedThrough && sentThrough >= ordinal
    }
}
