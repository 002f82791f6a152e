/// A request to the Agent Runtime.
public struct AgentRequest: Sendable {
    /// All that comes before the body, but for its length.
    public var head: AgentRequestHead
    /// The whole body; without one no Content-Length is sent.
    public var body: [UInt8]?
    /// How long the agent may be silent, in microseconds: before its answer and between two reads.
    public var silenceLimit: Int64

    /// A request made of its parts.
    public init(_ head: AgentRequestHead, body: [UInt8]? = nil, silenceLimit: Int64) {
        self.head = head
        self.body = body
        self.silenceLimit = silenceLimit
    }
}
