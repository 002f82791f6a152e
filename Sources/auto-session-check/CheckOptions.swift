import BlockingWebSocket
import Wire

/// What the command line says.
struct CheckOptions {
    /// What is wrong with the command line.
    struct UsageError: Error {
        let reason: String
    }

    static let usage = """
        usage: auto-session-check ws://HOST[:PORT]/api/v1 [options]

        Checks on a running gateway that a session is created from a temporary id, and that its id is
        told once.

          --timeout SECONDS  how long each answer may take, 1-3600 (30)
          --key KEY          sent as X-Internal-Auth
          --token JWT        sent as Authorization: Bearer
          --json             print one JSON object instead of lines

        Exit code: 0 every check passed, 1 one failed, 2 the command line is wrong.
        """

    /// The gateway's address up to and including `/api/v1`.
    let base: WebSocketURL
    private(set) var timeout = Duration.seconds(30)
    /// What authenticates the check.
    private(set) var fields = HTTPFields()
    private(set) var printsJSON = false

    init(_ arguments: [String]) throws(UsageError) {
        var address: String?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": printsJSON = true
            case "--timeout": timeout = try Self.seconds(try Self.value(of: argument, &rest))
            case "--key": fields.append("X-Internal-Auth", try Self.value(of: argument, &rest))
            case "--token":
                fields.append("Authorization", "Bearer " + (try Self.value(of: argument, &rest)))
            default:
                if argument.hasPrefix("-") || address != nil {
                    throw UsageError(reason: "unexpected argument: \(argument)")
                }
                address = argument
            }
        }
        guard let address else { throw UsageError(reason: "the gateway's address is missing") }
        do throws(WebSocketURLError) {
            base = try WebSocketURL(address)
        } catch {
            throw UsageError(reason: "\(address): \(error)")
        }
    }

    private static func value(
        of option: String,
        _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        guard let value = rest.popFirst() else {
            throw UsageError(reason: "\(option) needs a value")
        }
        return value
    }

    private static func seconds(_ text: String) throws(UsageError) -> Duration {
        guard let seconds = Int(text), (1...3600).contains(seconds) else {
            throw UsageError(reason: "--timeout must be a number of seconds from 1 to 3600")
        }
        return .seconds(seconds)
    }
}
