import AgentSimulator

/// What a ``ManualAgent`` says.
enum AgentSays {
    /// The announcement of a session.
    static func sessionInfo(_ id: String) -> String {
        #"{"type":"session_info","session_id":"\#(id)","is_final":false}"#
    }

    /// A piece of the answer's text.
    static func token(_ token: String, isFinal: Bool = false) -> String {
        #"{"type":"assistant_message","token":"\#(token)","is_final":\#(isFinal)}"#
    }
}

/// Starts a simulated Agent Runtime.
func startSimulator(
    _ change: (inout SimulatorOptions) -> Void = { _ in }
) throws -> RunningSimulator {
    var options = SimulatorOptions()
    change(&options)
    return try .start(options)
}
