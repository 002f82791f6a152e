import Postmortem

extension LiveConnection {
    /// Holds what came against the record.
    func outcome(_ ids: IDMapping, isStrict: Bool) -> DriveOutcome {
        let recorded = expected.frames.prefix(expected.readLimit ?? .max).map { frame in
            FrameComparison.Frame(
                FrameShape(ids.rewritten(frame.payload), isStrict: isStrict),
                message: frame.message
            )
        }
        let found = frames.map { frame in
            FrameComparison.Frame(
                FrameShape(frame.payload, isStrict: isStrict),
                message: frame.message
            )
        }
        return DriveOutcome(
            connection: expected.connection,
            liveID: liveID,
            frames: FrameComparison(expected: recorded, found: found, isStrict: isStrict),
            end: DriveOutcome.End(expected: expectedEnd, found: foundEnd)
        )
    }

    /// The recorded end as the IDE saw it.
    private var expectedEnd: String {
        guard let end = expected.end else { return "open" }
        if end.code != 1006 {
            return expected.readLimit == nil ? "closed, \(end.code)" : "not read"
        }
        return end.side == "gateway" ? "broken off" : "left"
    }

    private var foundEnd: String {
        if hasLeft { return "left" }
        switch end {
        case nil: return expected.readLimit != nil && expected.end != nil ? "not read" : "open"
        case .closed(let code): return "closed, \(code)"
        case .endOfInput: return "broken off"
        case .failed(let reason):
            return expectedEnd == "broken off" && reason.contains("reset") ? "broken off" : reason
        }
    }
}
