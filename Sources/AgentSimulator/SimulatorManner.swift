/// Whose habits the simulator has where they differ.
public enum SimulatorManner: String, CaseIterable, Sendable {
    /// As the protocol is documented: session_info for new sessions only, chunks without nulls.
    case documented
    /// As the real Agent Runtime was seen to behave: session_info at the start of every answer to a
    /// user message, all fourteen keys in every chunk, idle connections closed after 5 s, and an
    /// empty event stream for a tool result that came before.
    case realRuntime = "real"

    /// How long an idle connection is kept, in microseconds.
    var idleTimeout: Int64 {
        switch self {
        case .documented: 75_000_000
        case .realRuntime: 5_000_000
        }
    }
}
