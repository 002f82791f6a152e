import Events
import Wire

/// The error messages that an IDE gets from the gateway.
public enum ErrorFrame {
    /// `{"type":"error","content":…}`.
    public static func text(_ content: String) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("type", "error")
        writer.add("content", content)
        return writer.bytes
    }

    /// The text for a failed request, never empty.
    static func content(_ failure: RequestFailure, status: Int64?, reason: String) -> String {
        switch failure {
        case .status: "Agent error: \(status ?? 0)"
        default: "Streaming error: \(reason.isEmpty ? "\(failure)" : reason)"
        }
    }
}
