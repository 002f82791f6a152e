/// One SSE block of an answer before it is bytes.
struct AnswerBlock: Equatable {
    /// What the plan of an answer has to know of a block.
    enum Role: Equatable {
        case sessionInfo
        case token
        case other
    }

    let role: Role
    /// The value of the `event` field; nil: there is none.
    var event: String?
    /// The data, without line ends.
    let data: String

    init(_ role: Role, event: String? = nil, data: String) {
        self.role = role
        self.event = event
        self.data = data
    }
}
