/// Tells when an answer is over.
///
/// A frame with `"is_final":true`, or a `done`, ends it; what the agent sends right behind still belongs
/// to it. An agent that never writes `is_final` leaves no other sign than silence. One that writes it
/// false means to go on and may only be thinking, so its silence must be long.
struct AnswerEnd {
    private var isFinal = false
    /// How long nothing more must come for the answer to be over; nil: silence is no end yet.
    private(set) var silence: Duration?

    /// Takes a frame of the answer into account.
    mutating func note(_ frame: AgentFrame) {
        if frame.isFinal == true || frame.type == "done" { isFinal = true }
        if isFinal {
            silence = .milliseconds(500)
        } else if frame.isPreliminary {
            silence = nil
        } else {
            silence = frame.isFinal == false ? .seconds(10) : .seconds(1)
        }
    }

    /// Whether the agent has said that it is over.
    var isSaid: Bool { isFinal }
}
