/// What is known of a turn whose answer has not ended.
struct JudgedTurn: Sendable {
    /// Something in an answer: where it was first, and how often it was.
    struct Mark: Sendable {
        var first: Moment
        var count = 1
    }

    /// Its request; nil: that is not in the log.
    var request: Moment?
    var posted = PostedID.unreadable
    var isToolResult = false
    /// The head of the answer.
    var head: Moment?
    var status: Int64 = 0
    /// SSE blocks.
    var blocks = 0
    /// Those of them with data.
    var events = 0
    /// The first block that was a JSON object other than a session_info.
    var firstObject: Moment?
    /// Whether rows are missing or damaged, so that what was not seen may have been there.
    var isDoubtful = false
    /// Data that is no JSON object.
    var unreadable: Mark?
    /// The same, but it names session_info.
    var malformedInfo: Mark?
    /// The last block, when it has no end and is no JSON object: what a break has left of one.
    var remnant: (moment: Moment, isInfo: Bool)?
    /// A session_info without an id.
    var infoWithoutID: Mark?
    /// A session_info with a temporary id.
    var infoTemporary: Mark?
    var temporaryID = ""
    /// A session_info with the id that the connection had.
    var repeated: Mark?

    /// Whether there was a session_info of which nothing could come.
    var hasBadInfo: Bool {
        malformedInfo != nil || infoWithoutID != nil || infoTemporary != nil
    }

    /// The answer has ended well: what looked like left over by a break was sent so.
    mutating func keepRemnant() {
        guard let remnant else { return }
        self.remnant = nil
        addUnreadable(remnant.moment, isInfo: remnant.isInfo)
    }

    mutating func addUnreadable(_ moment: Moment, isInfo: Bool) {
        if isInfo { Self.count(&malformedInfo, moment) } else { Self.count(&unreadable, moment) }
    }

    /// Counts one more.
    static func count(_ mark: inout Mark?, _ moment: Moment) {
        if mark == nil { mark = Mark(first: moment) } else { mark?.count &+= 1 }
    }
}
