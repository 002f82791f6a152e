extension Finding {
    /// What is wrong, in words, on one line; without the bytes that ``comparison(columns:)`` shows.
    public var heading: String {
        guard case .divergence(let divergence) = kind else { return words }
        return switch divergence.place {
        case .body(let offset):
            "\(divergence.expected.kind.name): the bodies differ from byte \(offset)"
        case .kind: "another event than expected"
        case .cause: "\(divergence.expected.kind.name): another cause than expected"
        case .detail: "\(divergence.expected.kind.name): another detail than expected"
        }
    }

    /// What was expected and what is recorded, one below the other, each cut to a width; for bodies a last
    /// line marks the first byte that differs. Empty for a finding that has nothing to compare.
    public func comparison(columns: Int) -> [String] {
        switch kind {
        case .divergence(let divergence): divergence.comparison(columns)
        case .missingDecision(let event): [event.line("expected", columns)]
        case .unexpectedDecision(let event): [event.line("recorded", columns)]
        case .damagedRow, .missingRows, .ordinalGap, .deliveryDiffers: []
        }
    }
}

extension Divergence {
    /// Bytes shown before the first that differs.
    private static var lead: Int { 24 }

    fileprivate func comparison(_ columns: Int) -> [String] {
        guard case .body(let offset) = place, let wanted = expected.body, let found = recorded.body
        else { return [expected.line("expected", columns), recorded.line("recorded", columns)] }
        // A character is not to be torn apart, neither here nor at the mark.
        let mark = Self.characterStart(wanted, offset)
        let start = Self.characterStart(wanted, max(0, mark - Self.lead))
        let lead = (start > 0 ? "…" : "") + TerminalText.make(wanted[start..<mark])
        let margin = String(
            repeating: " ",
            count: "expected  ".count + TerminalText.columns(of: lead)
        )
        return [
            Self.line("expected  " + lead, wanted[mark...], columns),
            Self.line("recorded  " + lead, found[mark...], columns),
            margin + "^ byte \(offset): \(Self.name(wanted, offset)) expected,"
                + " \(Self.name(found, offset)) recorded",
        ]
    }

    private static func line(_ begin: String, _ rest: ArraySlice<UInt8>, _ columns: Int) -> String {
        let room = max(8, columns - TerminalText.columns(of: begin))
        return begin + (rest.isEmpty ? "⟨end⟩" : TerminalText.make(rest, limit: room))
    }

    /// Where the UTF-8 character begins that a byte belongs to.
    private static func characterStart(_ bytes: [UInt8], _ offset: Int) -> Int {
        var start = min(offset, bytes.count)
        while start > max(0, offset - 3), start < bytes.count, bytes[start] & 0xC0 == 0x80 {
            start -= 1
        }
        return start
    }

    private static func name(_ bytes: [UInt8], _ offset: Int) -> String {
        guard offset < bytes.count else { return "the end" }
        let digits = String(bytes[offset], radix: 16)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }
}

extension DecidedEvent {
    fileprivate func line(_ name: String, _ columns: Int) -> String {
        let begin = "\(name)  \(words)  "
        let room = max(8, columns - TerminalText.columns(of: begin))
        return begin + TerminalText.make(body ?? [], limit: room)
    }
}
