import AgentClient
import CommandLineOptions
import Wire

/// What is asked of which agent.
struct ProbeOptions {
    /// Where the agent is.
    var url: ProbeURL
    var method = "POST"
    /// Nil: the request has none.
    var body: [UInt8]? = []
    /// The fields of the request.
    var fields = HTTPFields()
    /// How long connecting, and the agent's silence, may last, in microseconds.
    var timeout: Int64 = 60_000_000
    /// Whether the answer is printed as it is.
    var isRaw = false

    init(url: ProbeURL) { self.url = url }

    /// The request that is sent.
    var request: AgentRequest {
        let head = AgentRequestHead(method, url.target, to: url.origin, fields: fields)
        return AgentRequest(head, body: body, silenceLimit: timeout)
    }
}

extension ProbeOptions {
    /// The options of the command line. Throws ``CommandLineViolation``, ``ProbeURLError`` and
    /// ``BodyFileError``.
    init(_ commandLine: ParsedCommandLine) throws {
        self.init(url: try ProbeURL(commandLine.positionals.first ?? ""))
        isRaw = commandLine.has(ProbeCommandLine.raw)
        if commandLine.has(ProbeCommandLine.get) {
            method = "GET"
            body = nil
        }
        if let text = commandLine.value(of: ProbeCommandLine.body) { body = Array(text.utf8) }
        if let path = commandLine.value(of: ProbeCommandLine.bodyFile) {
            body = try BodyFile.read(path)
        }
        if let seconds = try commandLine.integer(of: ProbeCommandLine.timeout, in: 1...3600) {
            timeout = Int64(seconds) * 1_000_000
        }
        fields = try Self.fields(commandLine)
        addDefaults()
    }

    private static func fields(
        _ commandLine: ParsedCommandLine
    ) throws(CommandLineViolation) -> HTTPFields {
        var fields = HTTPFields()
        for text in commandLine.values(of: ProbeCommandLine.header) {
            guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
                colon != text.startIndex
            else {
                throw .invalidValue(option: "header", value: text, expected: "'Name: value'")
            }
            let value = text[text.utf8.index(after: colon)...].drop { $0 == " " }
            fields.append(String(text[..<colon]), String(value))
        }
        if let key = commandLine.value(of: ProbeCommandLine.key) {
            fields.append("X-Internal-Auth", key)
        }
        return fields
    }

    /// What the gateway sends, unless the command line says otherwise.
    private mutating func addDefaults() {
        if fields.value(of: "Accept") == nil { fields.append("Accept", "text/event-stream") }
        if body != nil, fields.value(of: "Content-Type") == nil {
            fields.append("Content-Type", "application/json")
        }
    }
}
