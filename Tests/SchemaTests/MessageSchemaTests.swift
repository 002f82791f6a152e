import Events
import Session
import Testing

/// The schema that documents the messages and the code that judges them agree on every field.
struct MessageSchemaTests {
    private static func judge(_ text: [UInt8]) -> IncomingMessage? {
        var reading = EventReading()
        let detail = FrameDetail(opcode: 1).detail
        let header = EventHeader(.frameReceived, connection: 1, ordinal: 2, at: 0, detail: detail)
        guard
            case .messageReceived(let message) = reading.read(
                header,
                text.span,
                isFirstChunk: false
            )
        else { return nil }
        return message
    }

    private static func isAccepted(_ message: [String: Any]) throws -> Bool {
        guard case .accepted = judge(try SchemaMessage.text(message)) else { return false }
        return true
    }

    @Test func namesAllMessageTypes() throws {
        #expect(
            try SchemaMessage.all().map(\.type) == [
                "hitl_decision", "plan_decision", "switch_agent", "tool_result", "user_message",
            ]
        )
    }

    @Test func requiredMembersAreEnough() throws {
        for message in try SchemaMessage.all() {
            #expect(try Self.isAccepted(message.smallest), "\(message.smallest)")
        }
    }

    @Test func requiredMembersAreRequired() throws {
        for message in try SchemaMessage.all() {
            for name in message.required {
                var sample = message.smallest
                sample[name] = nil
                #expect(try !Self.isAccepted(sample), "\(sample)")
            }
        }
    }

    @Test func everyAllowedValueIsAccepted() throws {
        for message in try SchemaMessage.all() {
            for name in message.fields {
                for value in message.valid(name) {
                    var sample = message.smallest
                    sample[name] = value
                    #expect(try Self.isAccepted(sample), "\(sample)")
                }
            }
        }
    }

    @Test func everyOtherValueIsRefusedByName() throws {
        var refusals = 0
        for message in try SchemaMessage.all() {
            for name in message.fields {
                for value in message.invalid(name) {
                    var sample = message.smallest
                    sample[name] = value
                    let verdict = Self.judge(try SchemaMessage.text(sample))
                    guard case .refused(let content) = verdict else {
                        Issue.record("accepted: \(sample)")
                        continue
                    }
                    #expect(content.hasPrefix("Validation error: \(message.type).\(name) must be "))
                    refusals += 1
                }
            }
        }
        #expect(refusals > 100)
    }

    @Test func unknownMembersAreAccepted() throws {
        for message in try SchemaMessage.all() {
            var sample = message.smallest
            sample["extra"] = ["nested": [1, 2]]
            #expect(try Self.isAccepted(sample))
        }
    }
}
