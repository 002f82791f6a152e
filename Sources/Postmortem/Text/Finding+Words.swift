import Events

extension Finding.Kind {
    /// The finding's name in outputs, e.g. `divergence`.
    public var name: String {
        switch self {
        case .damagedRow: "damagedRow"
        case .missingRows: "missingRows"
        case .ordinalGap: "ordinalGap"
        case .divergence: "divergence"
        case .missingDecision: "missingDecision"
        case .unexpectedDecision: "unexpectedDecision"
        case .deliveryDiffers: "deliveryDiffers"
        }
    }
}

extension Finding {
    /// What is wrong, in words, on one line that is safe for a terminal.
    public var words: String {
        switch kind {
        case .damagedRow(let stored, let computed):
            "the row is not as it was written: checksum \(hex(stored)) is stored,"
                + " \(hex(computed)) computed"
        case .missingRows(let from):
            "rows are lost: positions \(from) to \(position &- 1)"
        case .ordinalGap(let expected):
            "the event with ordinal \(expected) is not there, \(ordinal) follows"
        case .divergence(let divergence): divergence.words
        case .missingDecision(let event): "should have been recorded before this: \(event.words)"
        case .unexpectedDecision(let event): "recorded without a reason: \(event.words)"
        case .deliveryDiffers(let expected, let recorded):
            "the IDE took \(recorded.words), but was to be sent \(expected.words)"
        }
    }

    private func hex(_ checksum: UInt32) -> String { String(checksum, radix: 16) }
}

extension DecidedEvent {
    /// Kind, cause and detail.
    var words: String { "\(kind.name) (cause \(cause), detail \(detail))" }
}

extension FramesDelivered {
    /// Frames and bytes.
    var words: String { "\(frames) frame(s), \(bytes) byte(s)" }
}

extension Divergence {
    /// Columns of a body that are shown from the first difference on.
    private static var shownColumns: Int { 40 }

    /// What was expected and what is recorded.
    var words: String {
        switch place {
        case .kind, .cause, .detail: "expected \(expected.words), recorded \(recorded.words)"
        case .body(let offset):
            "\(expected.kind.name): bodies differ from byte \(offset):"
                + " expected \(Self.quote(expected.body, offset)),"
                + " recorded \(Self.quote(recorded.body, offset))"
        }
    }

    private static func quote(_ body: [UInt8]?, _ offset: Int) -> String {
        let rest = (body ?? []).dropFirst(offset)
        return rest.isEmpty ? "the end" : "‹\(TerminalText.make(rest, limit: shownColumns))›"
    }
}
