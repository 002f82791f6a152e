// What is missing in a log, and how reading goes on after it.
extension LogReader {
    /// Notes what is missing at the end of a segment that has been read from one event to the next.
    ///
    /// - Parameter due: the position that should have come; 0: that is not known.
    func noteEnd(of reader: SegmentReader, after due: Int64, through last: Int64) {
        guard due > 0 else { return }
        let end = reader.isCut ? Int64.max : reader.seal?.lastPosition ?? 0
        guard due <= min(last, end) else { return }
        note(reader.segment, due, min(last, end), Self.lost)
    }

    static let lost = StoreError(.damaged, "the rows are not there")

    /// Goes on after a damaged place; false: nothing more can be read of the segment.
    func goOn(
        _ rest: inout EventSelection,
        _ reader: SegmentReader,
        _ failure: StoreError
    ) -> Bool {
        if rest.connection != nil || rest.kinds != nil {
            // Event by event, so that the place is found.
            (rest.connection, rest.kinds) = (nil, nil)
            return true
        }
        let last = min(rest.through, reader.seal?.lastPosition ?? .max)
        guard last >= rest.from else { return false }
        let next = reader.position(beyondDamageAt: rest.from, through: last)
        note(reader.segment, rest.from, next.map { $0 - 1 } ?? last, failure)
        guard let next else { return false }
        rest.from = next
        return true
    }

    /// Notes what cannot be read: each place once, however often it is come upon.
    func note(_ segment: Segment?, _ from: Int64, _ through: Int64, _ reason: StoreError?) {
        let end = through == .max ? nil : through
        let file = segment?.path
        if let index = damage.lastIndex(where: { $0.file == file }),
            let last = damage[index].through,
            from <= last &+ 1, from >= damage[index].from, damage[index].reason == reason
        {
            damage[index].through = end.map { max($0, last) }
            return
        }
        let isKnown = damage.contains {
            $0.file == file && $0.from <= from && ($0.through ?? .max) >= through
        }
        guard !isKnown else { return }
        damage.append(LogDamage(file: file, from: from, through: end, reason: reason))
    }

    /// Notes that no file holds the positions between two segments.
    func noteHole(after segment: Segment, before next: Segment, from first: Int64) {
        guard skipsDamage, let reader = try? reader(of: segment),
            let last = try? reader.lastPosition(),
            last >= segment.firstPosition, last < next.firstPosition - 1, first <= last &+ 1
        else { return }
        // What is written meanwhile can look like a hole: then the end is another one now.
        note(nil, last + 1, next.firstPosition - 1, nil)
    }
}
