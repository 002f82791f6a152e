import Wire

/// The body of ``EventKind/restExchanged``; the status given to the caller is the event's detail.
public struct RESTExchanged: Equatable, Sendable {
    /// The method.
    public var method: String
    /// Path and query at the agent.
    public var target: String
    /// Length of the body that the caller got.
    public var bytes: Int

    /// A body made of its parts.
    public init(method: String, target: String, bytes: Int) {
        self.method = method
        self.target = target
        self.bytes = bytes
    }

    /// The stored form, a JSON object.
    public var body: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("method", method)
        writer.add("target", target)
        writer.add("bytes", Int64(bytes))
        return writer.bytes
    }
}
