import Events
import Session

extension RecordedGateway {
    static let userMessage = #"{"type":"user_message","role":"user","content":"Hi"}"#
    static let toolResult = #"{"type":"tool_result","call_id":"c"}"#
    static let token = #"{"type":"assistant_message","token":"Hi"}"#

    static func info(_ id: String) -> String {
        #"{"type":"session_info","session_id":"\#(id)","is_final":false}"#
    }

    /// Opens a connection and begins its first turn, up to the head of the answer.
    mutating func begin(
        _ number: Int64,
        _ id: String,
        policy: SessionPolicy = SessionPolicy()
    ) {
        open(number, id, policy: policy)
        ask(number)
    }

    /// A turn up to the head of its answer.
    mutating func ask(_ number: Int64) {
        message(number, Self.userMessage)
        respond(number)
    }

    /// A whole turn whose answer has these data.
    mutating func turn(_ number: Int64, _ data: String...) {
        ask(number)
        for data in data { chunk(number, data) }
        endOfBody(number)
        deliver(number)
    }

    /// A whole conversation of one turn that binds.
    mutating func talk(_ number: Int64, _ id: String, _ session: String) {
        open(number, id)
        turn(number, Self.info(session), Self.token)
        closeFrame(number)
    }
}
