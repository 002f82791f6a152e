import Wire

/// What became of one connection (or, with an agent, of one answer) that was driven again.
public struct DriveOutcome: Equatable, Sendable {
    /// An end in words, recorded and live.
    public struct End: Equatable, Sendable {
        /// What was recorded.
        public var expected: String
        /// What happened.
        public var found: String

        /// An end made of its parts.
        public init(expected: String, found: String) {
            self.expected = expected
            self.found = found
        }

        /// Whether both are the same.
        public var isSame: Bool { expected == found }
    }

    /// Its number in the record.
    public var connection: Int64
    /// The id it has now.
    public var liveID: String
    /// The frames.
    public var frames: FrameComparison
    /// How it ended.
    public var end: End

    /// An outcome made of its parts.
    public init(connection: Int64, liveID: String, frames: FrameComparison, end: End) {
        self.connection = connection
        self.liveID = liveID
        self.frames = frames
        self.end = end
    }

    /// What differs.
    public var differences: Int { frames.differences + (end.isSame ? 0 : 1) }

    /// A line for each message's frames, and one for the end; each with whether it is the same. Safe for a
    /// terminal.
    public var lines: [(isSame: Bool, words: String)] {
        let place = "connection \(connection) as \(TerminalText.make(liveID))"
        var lines = frames.parts.map { part in
            let after = part.message == 0 ? "at the opening" : "message \(part.message)"
            let frames = part.found.map(\.words).joined(separator: ", ")
            let words = part.difference ?? (frames.isEmpty ? "nothing" : frames)
            return (part.isSame, "\(place), \(after): \(words)")
        }
        let words = end.isSame ? end.found : "expected \(end.expected), came \(end.found)"
        lines.append((end.isSame, "\(place), end: \(TerminalText.make(words))"))
        return lines
    }

    /// The same as JSON objects.
    public var json: [[UInt8]] {
        var lines = frames.parts.map { part in
            var writer = start("message")
            writer.add("message", Int64(part.message))
            writer.add("same", part.isSame)
            writer.add("expected", json: JSONString.array(of: part.expected.map(\.words)).span)
            writer.add("found", json: JSONString.array(of: part.found.map(\.words)).span)
            if let difference = part.difference { writer.add("difference", difference) }
            return writer.bytes
        }
        var writer = start("end")
        writer.add("same", end.isSame)
        writer.add("expected", end.expected)
        writer.add("found", end.found)
        lines.append(writer.bytes)
        return lines
    }

    private func start(_ part: String) -> JSONObjectWriter {
        var writer = JSONObjectWriter()
        writer.add("part", part)
        writer.add("connection", connection)
        writer.add("live_id", liveID)
        return writer
    }
}
