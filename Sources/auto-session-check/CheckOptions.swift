import BlockingWebSocket
import CommandLineOptions
import Wire

/// How the gateway is reached.
struct CheckOptions {
    /// The gateway's address up to and including `/api/v1`.
    let base: WebSocketURL
    /// How long each answer may take.
    var timeout = Duration.seconds(30)
    /// What authenticates the check.
    var fields = HTTPFields()
}

extension CheckOptions {
    /// The options of the command line for the gateway at `base`.
    init(_ base: WebSocketURL, _ commandLine: ParsedCommandLine) throws(CommandLineViolation) {
        self.init(base: base)
        if let seconds = try commandLine.integer(of: CheckCommandLine.timeout, in: 1...3600) {
            timeout = .seconds(seconds)
        }
        if let key = commandLine.value(of: CheckCommandLine.key) {
            fields.append("X-Internal-Auth", key)
        }
        if let token = commandLine.value(of: CheckCommandLine.token) {
            fields.append("Authorization", "Bearer " + token)
        }
    }
}
