import Events
import Session
import Wire

extension ConnectionJudgement {
    mutating func beginTurn(_ moment: Moment, _ body: Span<UInt8>, _ desk: inout VerdictDesk) {
        countPosted(moment)
        var turn = JudgedTurn(request: moment)
        turn.posted = PostedID(body, &desk.scanner)
        turn.isToolResult = Self.isToolResult(body, &desk.scanner)
        check(turn.posted, moment, &desk)
        self.turn = turn
    }

    mutating func countPosted(_ moment: Moment) {
        posted &+= 1
        if posted == 1, opening != nil { firstRequest = moment }
    }

    /// Reads the message's type from a request that has just been scanned.
    private static func isToolResult(_ body: Span<UInt8>, _ scanner: inout JSONScanner) -> Bool {
        guard let member = scanner.member("message", in: body), member.kind == .object else {
            return false
        }
        let message = body.extracting(member.value)
        guard (try? scanner.scan(message)) == .object else { return false }
        return scanner.member("type", in: message)?.isString("tool_result", in: message) ?? false
    }

    /// Holds the id that was posted against the one that the connection had.
    private mutating func check(
        _ posted: PostedID,
        _ moment: Moment,
        _ desk: inout VerdictDesk
    ) {
        let evidence = moment.evidence("request \(posted.words)")
        switch (posted, identity) {
        case (.unreadable, _): break
        case (.temporary(let id), _):
            say(.postedWithTemporaryID, [evidence], "the id was \(id)", &desk)
        case (.none, .session(let session, let since)):
            let first = since.evidence("gave the id \(session)")
            say(.postedWithoutIDAfterBinding, [first, evidence], "it was \(session)", &desk)
        case (.none, _): identity = .unbound
        case (.session(let id), .session(let session, let since)):
            defer { isSessionDoubtful = false }
            guard !identity.isSession(id) else { return }
            if isSessionDoubtful { return identity = .session(id, since: moment) }
            let first = since.evidence("gave the id \(session)")
            let words = "\(id) instead of \(session)"
            say(.postedWithOtherID, [first, evidence], words, &desk)
        case (.session(let id), .unbound):
            let words = "\(id), though no session was known"
            say(.postedWithOtherID, [evidence], words, &desk)
        case (.session(let id), .unknown): identity = .session(id, since: moment)
        }
    }

    mutating func take(
        _ chunk: ChunkReading,
        _ moment: Moment,
        isTerminated: Bool,
        _ body: Span<UInt8>,
        _ desk: inout VerdictDesk
    ) {
        turn?.blocks &+= 1
        if chunk.content == .none { return }
        turn?.events &+= 1
        switch chunk.content {
        case .none, .doneMark: break
        case .object: if turn != nil, turn?.firstObject == nil { turn?.firstObject = moment }
        case .notAnObject: takeUnreadable(moment, body, isTerminated: isTerminated)
        case .sessionInfo(.noID): turn.mutate { JudgedTurn.count(&$0.infoWithoutID, moment) }
        case .sessionInfo(.temporaryID(let id)):
            turn.mutate { turn in
                JudgedTurn.count(&turn.infoTemporary, moment)
                turn.temporaryID = id
            }
        case .sessionInfo(.id(let id)): take(id, moment, &desk)
        }
    }

    private mutating func takeUnreadable(
        _ moment: Moment,
        _ body: Span<UInt8>,
        isTerminated: Bool
    ) {
        let isInfo = identity.isUnbound && Self.infoName.isIn(body)
        turn.mutate { turn in
            if isTerminated {
                turn.addUnreadable(moment, isInfo: isInfo)
            } else {
                turn.remnant = (moment, isInfo)
            }
        }
    }

    private static let infoName = ByteSearch(Array("session_info".utf8))

    private mutating func take(_ id: SessionID, _ moment: Moment, _ desk: inout VerdictDesk) {
        if identity.isSession(id.text) {
            turn.mutate { JudgedTurn.count(&$0.repeated, moment) }
            return
        }
        let before = identity
        identity = .session(id.text, since: moment)
        isSessionDoubtful = false
        guard turn != nil else { return }
        switch before {
        case .session(let old, let since):
            let first = since.evidence("gave the id \(old)")
            let second = moment.evidence("session_info, id \(id.text)")
            say(.conflictingSessionInfo, [first, second], "first \(old), then \(id.text)", &desk)
        case .unbound: bind(id.text, moment, &desk)
        // It may repeat the id that a missing row gave.
        case .unknown: break
        }
    }

    private mutating func bind(_ id: String, _ moment: Moment, _ desk: inout VerdictDesk) {
        let info = moment.evidence("session_info, id \(id)")
        if let object = turn?.firstObject {
            let first = object.evidence("first part of the answer")
            let words = "\(Timestamp.duration(moment.since(object))) after the first of them"
            say(.sessionInfoLate, [first, info], words, &desk)
        }
        if isTemporary { desk.memory.bind(pathID, moment, id) }
        guard let closing else {
            binding = Binding(
                moment: moment,
                session: id,
                time: firstRequest.map { moment.since($0) }
            )
            return
        }
        say(
            .sessionInfoAfterDisconnect,
            [closing.evidence, info],
            "\(id), \(Timestamp.duration(moment.since(closing.moment))) after the end (\(closing.words))",
            side: closing.faultSide,
            &desk
        )
    }
}

extension Optional {
    /// Changes what is there, in place.
    fileprivate mutating func mutate(_ change: (inout Wrapped) -> Void) {
        guard var value = self.take() else { return }
        change(&value)
        self = value
    }
}
