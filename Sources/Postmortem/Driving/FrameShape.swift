import Wire

/// What of a frame must be the same when a dialogue is driven again: its type, whether it is final, and
/// for some types a word more. Texts, times and ids may differ.
public struct FrameShape: Equatable, Sendable {
    /// The `type`; `?` when the frame is no object or has none.
    public var type: String
    /// Whether `is_final` is true.
    public var isFinal: Bool
    /// Of a `session_info` the session's id; of an `error` its text up to where the reason begins; of
    /// others nothing. With `--strict` the whole payload.
    public var detail: String

    /// Reads a frame's payload, or the data of an SSE block.
    public init(_ payload: [UInt8], isStrict: Bool = false) {
        var scanner = JSONScanner()
        let isObject = (try? scanner.scan(payload.span)) == .object
        type = (isObject ? scanner.string("type", in: payload.span) : nil) ?? "?"
        isFinal = isObject && scanner.member("is_final", in: payload.span)?.kind == .true
        detail = ""
        if isStrict {
            detail = String(decoding: payload, as: UTF8.self)
        } else if type == "session_info" {
            detail = scanner.string("session_id", in: payload.span) ?? "none"
        } else if type == "error" {
            detail = Self.errorWords(scanner.string("content", in: payload.span) ?? "")
        }
    }

    /// Reasons name addresses and times; statuses and refusals are the same each time.
    private static func errorWords(_ content: String) -> String {
        content.hasPrefix("Streaming error:") ? "Streaming error" : content
    }

    /// Whether it is the last one of an answer.
    public var endsAnswer: Bool { isFinal || type == "error" }

    /// In words, on one line that is safe for a terminal.
    public var words: String {
        TerminalText.make(
            type + (isFinal ? " (final)" : "") + (detail.isEmpty ? "" : " ‹\(detail)›")
        )
    }
}

/// Equal shapes that follow each other.
public struct ShapeRun: Equatable, Sendable {
    /// The shape.
    public var shape: FrameShape
    /// How often.
    public var count: Int

    /// The runs of a sequence.
    public static func runs(of shapes: some Sequence<FrameShape>) -> [ShapeRun] {
        var runs: [ShapeRun] = []
        for shape in shapes {
            if let last = runs.last, last.shape == shape {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(ShapeRun(shape: shape, count: 1))
            }
        }
        return runs
    }

    /// E.g. `assistant_message ×3`.
    public var words: String { count == 1 ? shape.words : "\(shape.words) ×\(count)" }
}
