import BlockingWebSocket
import CommandLineOptions
import Wire

extension DriveCommand {
    /// What a dialogue is held with.
    enum Target {
        case gateway(WebSocketURL)
        case agent(HTTPBaseURL)
    }

    /// The one target that the command line names.
    static func target(
        _ arguments: ParsedCommandLine
    ) throws(CommandLineViolation) -> Target {
        try arguments.exclude(gateway, agent)
        switch (arguments.value(of: gateway), arguments.value(of: agent)) {
        case (let text?, nil):
            do throws(WebSocketURLError) {
                return .gateway(try WebSocketURL(text))
            } catch {
                throw .invalidValue(
                    option: "gateway",
                    value: text,
                    expected: "ws://HOST:PORT (\(error))"
                )
            }
        case (_, let text?):
            guard let url = try? HTTPBaseURL(text), url.scheme == .http else {
                throw .invalidValue(option: "agent", value: text, expected: "http://HOST:PORT")
            }
            return .agent(url)
        case (nil, nil): throw .missingArgument("--gateway or --agent")
        }
    }
}
