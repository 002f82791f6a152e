import Wire

/// The messages of one side of an HTTP connection, and what was made of them.
struct HTTPConversation {
    /// What a head parser found: its text, its length, and how the body is framed; nil: more bytes are needed.
    typealias Head = (text: String, count: Int, framing: HTTPBodyFraming)

    private var parser = HTTPHeadParser(limits: HTTPLimits(maxHeadBytes: 512, maxFields: 8))
    private var decoder: HTTPBodyDecoder?
    private var body: [UInt8] = []
    private(set) var transcript: [String] = []

    /// Takes bytes; gives how many are consumed, or nil after a violation.
    mutating func receive(
        _ bytes: Span<UInt8>,
        _ parse: (inout HTTPHeadParser, Span<UInt8>) throws(HTTPViolation) -> Head?
    ) -> Int? {
        do throws(HTTPViolation) {
            guard decoder == nil else { return try receiveBody(bytes) }
            guard let head = try parse(&parser, bytes) else { return 0 }
            parser = HTTPHeadParser(limits: HTTPLimits(maxHeadBytes: 512, maxFields: 8))
            transcript.append(head.text)
            decoder = try HTTPBodyDecoder(head.framing, limit: 256)
            endIfComplete()
            return head.count
        } catch {
            // How much of a body came before its violation depends on the cuts; that it came does not.
            transcript.append("violation \(error)")
            return nil
        }
    }

    private mutating func receiveBody(_ bytes: Span<UInt8>) throws(HTTPViolation) -> Int {
        let count = try decoder?.decode(bytes, into: &body) ?? 0
        endIfComplete()
        return count
    }

    private mutating func endIfComplete() {
        guard decoder?.isComplete == true else { return }
        transcript.append("body \(body)")
        body = []
        decoder = nil
    }
}
