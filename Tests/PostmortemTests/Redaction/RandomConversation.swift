import SeededNumbers
import Events
import Session
import Wire

@testable import Postmortem

/// A conversation made at random, with texts that nobody else may read, as a gateway records it.
struct RandomConversation {
    private(set) var gateway = RecordedGateway()
    /// The texts as they were meant, and in the spellings that they were sent in.
    private(set) var secrets: Set<[UInt8]> = []
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        gateway.gateway(.gatewayStarted, #"{"version":"1","settings":{"A":"\#(secret())"}}"#)
        for number in 1...3 as ClosedRange<Int64> { converse(number) }
        gateway.gateway(.gatewayStopped, secret())
    }

    private mutating func pick<T>(_ choices: [T]) -> T {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }

    /// A text of its own, in a JSON spelling with escapes here and there.
    private mutating func secret() -> String {
        let alphabet = Array("abcdefghiklmnopqrstuvwzäßЖя漢🆔")
        let length = Int.random(in: 8...20, using: &random)
        // Two words: one alone could be an identifier.
        var spelling = "I "
        var meant = "I "
        for _ in 0..<length {
            let character = pick(alphabet)
            meant.append(character)
            if pick([true, false, false, false]) {
                for unit in String(character).utf16 {
                    let digits = String(unit, radix: 16)
                    spelling += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                spelling.append(character)
            }
        }
        secrets.insert(Array(spelling.utf8))
        secrets.insert(Array(meant.utf8))
        return spelling
    }

    /// A number of its own.
    private mutating func secretNumber() -> String {
        let digits = "\(Int.random(in: 200_000_000..<1_000_000_000, using: &random))"
        secrets.insert(Array(digits.utf8))
        return pick(["\(digits)", "-\(digits).5", "0.\(digits)e-7", "2E\(digits)"])
    }

    private mutating func converse(_ number: Int64) {
        let policy = SessionPolicy(
            sessionInfo: pick([.once, .always]),
            onDisconnect: pick([.finish, .cancel]),
            queueMessages: pick([1, 16])
        )
        gateway.open(number, pick(["new_\(number)", "abc-\(number)", secret()]), policy: policy)
        for _ in 0..<Int.random(in: 1...25, using: &random) { step(number) }
        if pick([true, false]) { gateway.closeFrame(number) } else { gateway.lose(number) }
        step(number)
    }

    private mutating func step(_ number: Int64) {
        if gateway.state(number).turn != nil, pick([true, true, true, false]) {
            answer(number)
        } else {
            say(number)
        }
        if pick([true, false, false]) { gateway.deliver(number) }
    }

    private mutating func say(_ number: Int64) {
        gateway.message(
            number,
            pick([
                #"{"type":"user_message","role":"user","content":"\#(secret())"}"#,
                #"{ "type" : "user\u005fmessage","role":"user","content":"","\#(secret())":null}"#,
                #"{"type":"tool_result","call_id":"c-1","result":{"a":["\#(secret())",\#(secretNumber()),null]}}"#,
                #"{"type":\#(pick(["0", "0.0", "17", "-0"])),"content":\#(secretNumber())}"#,
                #"{"type":"tool_result","call_id":"c-1","error":"\#(secret())"}"#,
                #"{"type":"user_message","role":"\#(secret())","content":"\#(secret())"}"#,
                #"{"type":"hitl_decision","call_id":"\#(secret())","decision":"edit"}"#,
                #"{"type":"plan_decision","call_id":"c","decision":"approve"}"#,
                #"{"type":"\#(secret())"}"#, #"{"type":"\ud800\#(secret())"}"#, "[\"\(secret())\"]",
                "{\"content\":\"\(secret())", secret(), "",
                "{\"type\":\"user_message\",\"content\":\"\(secret())\" \"role\":}",
            ])
        )
    }

    private mutating func answer(_ number: Int64) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: gateway.respond(number)
        case 1: gateway.fail(number, pick([.brokenStream, .readTimeout]), secret())
        case 2:
            gateway.fail(
                number,
                .status,
                #"{"detail":"\#(secret())","code":\#(secretNumber())}"#
            )
        case 3: gateway.endOfBody(number)
        case 4: gateway.heartbeat(number)
        default:
            gateway.chunk(
                number,
                pick([
                    #"{"type":"assistant_message","token":"\#(secret())","x":null,"is_final":false}"#,
                    #"{"x":null,"type":"tool_call","arguments":{"p":"\#(secret())","n":\#(secretNumber())}}"#,
                    #"{"type":"session_info","session_id":"abc-\#(pick([1, 2, 3]))","content":null}"#,
                    #"{"type":"session_info","session_id":"\#(secret())"}"#,
                    #"{"type":"session_info","session_id":"new_5"}"#,
                    #"{"type":"session_info","session_id":"\ud800"}"#,
                    #"{"type":"session_info"}"#,
                    #"{"type":"session_info","session_id":"\#(secret())"#,
                    #"["\#(secret())"]"#, secret(), "[DONE]", secretNumber(),
                    "{\"type\":\"status\",\ndata: \"content\":\"\(secret())\"}\nevent: \(secret())",
                    "{}\n: \(secret())\nid: \(secret())\n\(secret()): 7\n\(secret())",
                ])
            )
        }
    }
}
