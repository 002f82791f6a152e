import Events
import Session

extension EventHeader {
    /// Between whom the event went.
    func direction(of event: Event) -> TimelineEntry.Direction {
        switch knownKind {
        case .connectionOpened, .frameReceived: .fromIDE
        case .frameRejected: detail == 0 ? .toIDE : .fromIDE
        case .requestSent, .restForwarded: .toAgent
        case .responseStarted, .chunkReceived: .fromAgent
        case .streamEnded: detail == StreamEnd.endOfBody.rawValue ? .fromAgent : .gateway
        case .requestFailed: isFailureOfAgent ? .fromAgent : .gateway
        case .framesDelivered: .toIDE
        case .connectionClosed: closingDirection(event)
        case .gatewayStarted, .gatewayStopped, .restExchanged, .logGap, .timerElapsed, nil: .gateway
        }
    }

    private var isFailureOfAgent: Bool {
        switch RequestFailure(rawValue: detail) {
        case .status, .notEventStream, .brokenStream, .malformedResponse: true
        default: false
        }
    }

    private func closingDirection(_ event: Event) -> TimelineEntry.Direction {
        guard case .connectionClosed(let closed, _) = event else { return .gateway }
        switch closed.side {
        case .ide: return .fromIDE
        case .gateway: return .toIDE
        case .network: return .gateway
        }
    }
}
