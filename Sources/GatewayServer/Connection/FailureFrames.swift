import Session
import Wire

/// What an IDE gets when the log cannot be written: an error message and close 1011.
enum FailureFrames {
    static func append(_ reason: String, to output: inout [UInt8]) {
        let text = ErrorFrame.text("Gateway error: the event log cannot be written: \(reason)")
        WebSocketFrameWriter.append(.text, payload: text.span, to: &output)
        WebSocketFrameWriter.appendClose(
            .internalError,
            reason: "event log unavailable",
            to: &output
        )
    }
}
