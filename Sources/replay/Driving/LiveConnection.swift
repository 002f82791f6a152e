import BlockingWebSocket
import Postmortem
import Wire

/// A recorded connection that is driven again: the socket, and what came on it.
final class LiveConnection {
    /// How it ended, as its IDE sees it.
    enum End: Equatable {
        /// The gateway's close frame.
        case closed(code: Int64)
        /// The end of input without one.
        case endOfInput
        /// A reset, or another failure, or no WebSocket at all.
        case failed(String)
    }

    let expected: DrivenConnection
    let liveID: String
    /// What came, and how many messages had been sent before.
    private(set) var frames: [(payload: [UInt8], message: Int)] = []
    /// What came, as it is waited for.
    private(set) var shapes: [FrameShape] = []
    /// What was recorded, in the same way.
    private(set) lazy var expectedShapes = expected.frames.map { FrameShape($0.payload) }
    /// Nil: it is open, as far as is known.
    private(set) var end: End?
    /// Whether the IDE of the record has gone by itself.
    private(set) var hasLeft = false
    /// Whether something that was recorded did not come in time: it is waited for no more.
    var isGivenUp = false
    private var socket: BlockingWebSocket?
    private var messages = 0

    /// A client that does not read is given little room, so that what it does not read stays unsent.
    private static let smallBuffer: Int32 = 2048
    private static let smallSegment: Int32 = 536

    /// What may come beyond what was recorded, bytes.
    private static let surplus = 16 << 20
    /// What a frame counts for beside its bytes.
    private static let frameCost = 256
    /// How much is taken at once: nobody who sends without end keeps the others waiting.
    private static let atOnce = 256
    /// What may still come, bytes.
    private lazy var room =
        Self.surplus + expected.frames.reduce(0) { $0 + $1.payload.count + Self.frameCost }

    init(_ expected: DrivenConnection, liveID: String) {
        self.expected = expected
        self.liveID = liveID
    }

    func open(
        _ url: WebSocketURL,
        fields: HTTPFields,
        timeout: Duration
    ) throws(BlockingWebSocketError) {
        let isStuck = expected.readLimit != nil
        let socket = try BlockingWebSocket(
            connectingTo: url,
            fields: fields,
            timeout: timeout,
            receiveBufferBytes: isStuck ? Self.smallBuffer : nil,
            segmentBytes: isStuck ? Self.smallSegment : nil
        )
        socket.answersPings = expected.answersPings
        self.socket = socket
    }

    /// There is no connection.
    func fail(_ reason: String) { if end == nil { end = .failed(reason) } }

    /// Whether frames can be sent and may come.
    var isOpen: Bool { socket != nil && end == nil && !hasLeft }

    /// Reads what has come, or what comes first in the time given; `learned` is told of each frame and its
    /// place.
    func receive(within timeout: Duration, _ learned: (Int, [UInt8]) -> Void) {
        var timeout = timeout
        for _ in 0..<Self.atOnce {
            guard let socket, end == nil, !hasLeft, canRead else { return }
            do throws(BlockingWebSocketError) {
                switch try socket.receive(timeout: timeout) {
                case .text(let text): take(Array(text.utf8), learned)
                case .binary(let bytes): take(bytes, learned)
                case .ping, .pong: break
                case .close(let code, _):
                    end = .closed(code: code.map { Int64($0.rawValue) } ?? 1005)
                case .endOfInput: end = .endOfInput
                case .timeout: return
                }
            } catch {
                end = .failed("\(error)")
            }
            timeout = .zero
        }
    }

    private var canRead: Bool { expected.readLimit.map { frames.count < $0 } ?? true }

    private func take(_ payload: [UInt8], _ learned: (Int, [UInt8]) -> Void) {
        room -= payload.count + Self.frameCost
        guard room >= 0 else {
            end = .failed("far more came than was recorded")
            return drop()
        }
        learned(frames.count, payload)
        frames.append((payload, messages))
        shapes.append(FrameShape(payload))
    }

    /// Does what the IDE of the record did.
    func perform(_ action: DriveMove.Action, _ mapping: IDMapping) {
        guard isOpen, let socket else { return }
        do throws(BlockingWebSocketError) {
            switch action {
            case .open, .awaitEnd: break
            case .send(let opcode, let fragments, let payload):
                if opcode < 8 { messages += 1 }
                try send(
                    opcode,
                    fragments,
                    opcode == 1 ? mapping.rewritten(payload) : payload,
                    socket
                )
            case .violate(let code): try socket.send(rawBytes: FrameViolations.bytes(for: code))
            case .finish:
                hasLeft = true
                socket.finishSending()
            case .reset:
                hasLeft = true
                socket.reset()
            }
        } catch {
            // The gateway has gone first: that is told by the end that is read.
        }
    }

    /// Lets go of the connection.
    func drop() { socket = nil }

    private func send(
        _ number: UInt8,
        _ fragments: Int,
        _ payload: [UInt8],
        _ socket: BlockingWebSocket
    ) throws(BlockingWebSocketError) {
        guard let opcode = WebSocketOpcode(rawValue: number) else { return }
        let share = fragments > 1 ? payload.count / fragments : payload.count
        for index in 0..<fragments {
            let isLast = index == fragments - 1
            let part =
                isLast
                ? payload[(share * index)...] : payload[(share * index)..<(share * (index + 1))]
            try socket.send(
                index == 0 ? opcode : .continuation,
                payload: Array(part),
                isFinal: isLast
            )
        }
    }
}
