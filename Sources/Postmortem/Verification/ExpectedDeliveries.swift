import Events

/// What was to be sent to an IDE, by the event each frame came from, until its socket has taken it.
struct ExpectedDeliveries {
    /// Everything sent up to and with an event.
    private struct Mark {
        var ordinal: Int64
        var sent: FramesDelivered
    }

    /// How many marks are kept. An IDE that is further behind than this cannot be checked until it
    /// has caught up.
    static let markLimit = 1 << 16

    private var sent = FramesDelivered(frames: 0, bytes: 0)
    private var confirmed = Mark(ordinal: 0, sent: FramesDelivered(frames: 0, bytes: 0))
    private var marks: [Mark] = []
    private var forgottenThrough: Int64 = 0

    /// A frame was to be sent because of an event.
    mutating func add(bytes: Int, ordinal: Int64) {
        if marks.count == Self.markLimit {
            forgottenThrough = marks[Self.markLimit / 2].ordinal
            marks.removeFirst(Self.markLimit / 2)
        }
        sent.frames &+= 1
        sent.bytes &+= Int64(bytes)
        marks.append(Mark(ordinal: ordinal, sent: sent))
    }

    /// What the socket must have taken when the frames of all events through `ordinal` have left;
    /// nil when that is no longer known.
    mutating func taken(through ordinal: Int64) -> FramesDelivered? {
        let count = marks.prefix { $0.ordinal <= ordinal }.count
        if count > 0 {
            confirmed = marks[count - 1]
            marks.removeFirst(count)
        } else if ordinal < forgottenThrough {
            return nil
        }
        return confirmed.sent
    }

    /// Takes the recorded count for right, so that a difference that is already explained is not
    /// found again.
    mutating func accept(_ recorded: FramesDelivered) {
        let frames = recorded.frames &- confirmed.sent.frames
        let bytes = recorded.bytes &- confirmed.sent.bytes
        Self.shift(&sent, frames, bytes)
        Self.shift(&confirmed.sent, frames, bytes)
        for index in marks.indices { Self.shift(&marks[index].sent, frames, bytes) }
    }

    private static func shift(_ sum: inout FramesDelivered, _ frames: Int64, _ bytes: Int64) {
        sum.frames &+= frames
        sum.bytes &+= bytes
    }
}
