import Events
import Testing

@testable import Postmortem

/// What is to be done again, and what is expected of it.
struct DrivePlanTests {
    private static let message = #"{"type":"tool_result","call_id":"c"}"#

    private static func plan(_ gateway: RecordedGateway) -> DrivePlan {
        var plan = DrivePlan()
        for row in gateway.rows {
            plan.take(position: row.position, row.header, row.body.span)
        }
        plan.finish()
        return plan
    }

    /// An answered message, and another that comes during the next answer.
    private static var conversation: RecordedGateway {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.message(1, message)
        gateway.respond(1)
        gateway.chunk(1, #"{"type":"session_info","session_id":"abc","token":null}"#)
        gateway.chunk(1, #"{"type":"a","is_final":true}"#)
        gateway.endOfBody(1)
        gateway.message(1, message)
        gateway.message(1, "[]")
        gateway.deliver(1)
        return gateway
    }

    @Test func movesWaitForWhatTheIDEHadBeenSent() {
        let plan = Self.plan(Self.conversation)
        #expect(plan.moves.map { $0.seen[1] ?? 0 } == [0, 0, 2, 2])
        #expect(plan.moves.first?.action == .open(id: "new_1", target: "/api/v1/ws/new_1"))
        let payload = Array(Self.message.utf8)
        #expect(plan.moves[1].action == .send(opcode: 1, fragments: 1, payload: payload))
        #expect(plan.moves.allSatisfy { $0.unseen == 0 })
    }

    /// The frames are those that the gateway made: nulls removed, refusals included.
    @Test func framesAreMadeAgain() {
        let frames = Self.plan(Self.conversation).connections[0].frames
        let texts = frames.map { String(decoding: $0.payload, as: UTF8.self) }
        #expect(texts[0] == #"{"type":"session_info","session_id":"abc"}"#)
        #expect(texts[2].hasPrefix(#"{"type":"error","content":"Invalid JSON"#))
        #expect(frames.map(\.message) == [1, 1, 3])
        #expect(frames.map(\.ordinal) == [5, 6, 10])
    }

    @Test func closesAndEnds() {
        var gateway = Self.conversation
        gateway.closeFrame(1, code: 1001)
        let plan = Self.plan(gateway)
        #expect(plan.moves.last?.action == .send(opcode: 8, fragments: 1, payload: [3, 233]))
        #expect(plan.connections[0].end?.code == 1001)
        #expect(plan.connections[0].end?.side == "ide")
    }

    @Test func aViolationAndALoss() {
        var gateway = RecordedGateway()
        gateway.open(1, "abc")
        gateway.open(2, "abc")
        gateway.violate(1)
        gateway.lose(2)
        let plan = Self.plan(gateway)
        #expect(plan.moves.map(\.action).suffix(2) == [.violate(code: 1002), .reset])
        #expect(plan.connections.map { $0.end?.code } == [1002, 1006])
    }

    /// What happens when the IDE has gone can only be waited for.
    @Test func eventsThatNoIDECouldSeeAreTime() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.message(1, Self.message)
        gateway.lose(1)
        gateway.respond(1)
        gateway.chunk(1, #"{"type":"session_info","session_id":"abc"}"#)
        gateway.open(2, "new_1")
        let plan = Self.plan(gateway)
        #expect(plan.moves.last?.action == .open(id: "new_1", target: "/api/v1/ws/new_1"))
        let unseen: Int64 = 3 * 1_250
        #expect(plan.moves.last?.unseen == unseen)
    }

    @Test func whoAnswersNoHeartbeatPlaysDead() {
        var gateway = Self.conversation
        gateway.heartbeat(1)
        #expect(Self.plan(gateway).connections[0].answersPings == false)
        #expect(Self.plan(Self.conversation).connections[0].answersPings)
    }

    /// Rows of a connection whose opening is not there cannot be driven.
    @Test func withoutAnOpeningThereIsNothingToDo() {
        var plan = DrivePlan()
        for row in Self.conversation.rows.dropFirst() {
            plan.take(position: row.position, row.header, row.body.span)
        }
        plan.finish()
        #expect(plan.moves == [])
        #expect(plan.connections == [])
    }
}
