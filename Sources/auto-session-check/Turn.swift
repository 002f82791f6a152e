/// What came in answer to one message.
struct Turn: Equatable {
    /// How an answer came to its end.
    enum End: Equatable {
        /// The agent said so, or fell silent; see ``AnswerEnd``.
        case answered
        /// An `error` frame came, with this content.
        case error(String)
        /// The answer did not end in the time allowed.
        case timeout
        /// The connection ended or could not be used; what happened.
        case broken(String)
    }

    var frames: [AgentFrame]
    var end: End

    /// The frames that tell the session's id.
    var sessionInfos: [AgentFrame] { frames.filter(\.isSessionInfo) }

    /// What is wrong with the answer; nil: the message was answered.
    var fault: String? {
        switch end {
        case .answered: nil
        case .error(let content): "an error frame came: \(content)"
        case .timeout: "the answer did not end in time; \(seen)"
        case .broken(let what): "\(what); \(seen)"
        }
    }

    /// The frames that came, for people: `came: session_info, assistant_message ×3`.
    var seen: String {
        if frames.isEmpty { return "no frame came" }
        var runs: [(name: String, count: Int)] = []
        for frame in frames {
            if let last = runs.indices.last, runs[last].name == frame.name {
                runs[last].count += 1
            } else {
                runs.append((frame.name, 1))
            }
        }
        let names = runs.prefix(8).map { $0.count == 1 ? $0.name : "\($0.name) ×\($0.count)" }
        return "came: " + names.joined(separator: ", ") + (runs.count > 8 ? ", …" : "")
    }
}
