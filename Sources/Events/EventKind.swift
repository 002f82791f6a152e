/// What an event says happened. The numbers are stored and never change their meaning; a kind whose
/// form changes gets a new version (``EventHeader/version``), not a new number.
public enum EventKind: UInt8, CaseIterable, Sendable {
    /// The gateway began to serve. Stream 0. Body: ``GatewayStarted``.
    case gatewayStarted = 1
    /// The gateway stopped in good order. Stream 0. Body: UTF-8 reason.
    case gatewayStopped = 2
    /// An IDE asked for a WebSocket and may have it. Body: ``ConnectionOpened``.
    case connectionOpened = 3
    /// A WebSocket message (fragments joined) or control frame came from the IDE. Detail:
    /// ``FrameDetail``. Body: the payload, unmasked.
    case frameReceived = 4
    /// A frame was refused. Detail: 0 when the connection stays open, else the close code.
    /// Body: the error message for the IDE (a JSON text), or for a close code the reason.
    case frameRejected = 5
    /// A turn was posted to the Agent Runtime. Body: the request's body.
    case requestSent = 6
    /// The head of the agent's answer came. Detail: status. Body: the head as received.
    case responseStarted = 7
    /// An SSE block came. Detail: ``ChunkDetail``. Body: its bytes, blank line included.
    case chunkReceived = 8
    /// The answer ended well. Detail: ``StreamEnd``. Body: empty.
    case streamEnded = 9
    /// The answer ended badly. Detail: ``RequestFailure``. Body: what is known, UTF-8.
    case requestFailed = 10
    /// The IDE's socket has taken all frames up to one. Detail: ordinal of the event that the
    /// last of them came from. Body: ``FramesDelivered``.
    case framesDelivered = 11
    /// The WebSocket is over. Detail: close code. Body: ``ConnectionClosed``.
    case connectionClosed = 12
    /// A REST call was answered. Detail: status. Body: ``RESTExchanged``.
    case restExchanged = 13
    /// Events were lost because the log could not be written. Detail: how many, at least.
    /// Body: UTF-8 reason. Stream 0.
    case logGap = 14
    /// A clock of the connection ran out. Detail: ``TimerKind``. Body: empty.
    case timerElapsed = 15
    /// A REST call goes on to the Agent Runtime. Body: `METHOD target`, LF, the request's body.
    case restForwarded = 16
}

/// The detail of ``EventKind/frameReceived``: the opcode (RFC 6455 §5.2) in the low eight bits, above
/// them the number of fragments the message came in.
public struct FrameDetail: Equatable, Sendable {
    /// WebSocket opcode: 1 text, 2 binary, 8 close, 9 ping, 10 pong.
    public var opcode: UInt8
    /// In how many fragments the message came; 1 for an unfragmented one.
    public var fragments: Int

    /// A detail made of its parts.
    public init(opcode: UInt8, fragments: Int = 1) {
        self.opcode = opcode
        self.fragments = fragments
    }

    /// Reads a stored detail.
    public init(_ detail: Int64) {
        opcode = UInt8(truncatingIfNeeded: detail)
        fragments = Int(detail >> 8) &+ 1
    }

    /// The stored form.
    public var detail: Int64 { Int64(opcode) | Int64(fragments &- 1) << 8 }
}

/// The detail of ``EventKind/chunkReceived``.
public enum ChunkDetail: Int64, Sendable {
    /// A block ended by a blank line.
    case terminated = 0
    /// The last block of a body that ended without a blank line (not dispatched by the WHATWG
    /// rules; the gateway dispatches it when it holds complete JSON).
    case unterminated = 1
}

/// The detail of ``EventKind/streamEnded``: what ended the answer.
public enum StreamEnd: Int64, CaseIterable, Sendable {
    /// The body ended.
    case endOfBody = 0
    /// A block with `event: done`.
    case doneEvent = 1
    /// A block with `data: [DONE]`.
    case doneData = 2
}

/// The detail of ``EventKind/requestFailed``: why a turn's request failed. Stored; never renumbered.
public enum RequestFailure: Int64, CaseIterable, Sendable {
    /// The agent's host name could not be resolved.
    case resolveFailed = 1
    /// No connection could be made.
    case connectFailed = 2
    /// No connection was made in time.
    case connectTimeout = 3
    /// The agent was silent for longer than allowed.
    case readTimeout = 4
    /// The agent answered with a status that is not 2xx. Body: the beginning of its answer.
    case status = 5
    /// A 2xx answer whose content type is not `text/event-stream`.
    case notEventStream = 6
    /// The connection ended before the answer did.
    case brokenStream = 7
    /// The answer broke HTTP or went over a limit.
    case malformedResponse = 8
    /// The IDE left and the setting says to cancel.
    case cancelled = 9
    /// The IDE left and the agent did not finish in the time allowed.
    case finishTimeout = 10
    /// The gateway was told to stop.
    case gatewayStopping = 11
    /// The gateway died with the request under way; written at the next start.
    case gatewayRestarted = 12
    /// The log could not be written; written when it could again.
    case logFailed = 13
}

/// The detail of ``EventKind/timerElapsed``.
public enum TimerKind: Int64, Sendable {
    /// The connection was silent for the heartbeat interval.
    case heartbeat = 1
}
