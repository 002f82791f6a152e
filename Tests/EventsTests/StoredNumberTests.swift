import Events
import Testing

/// Numbers that stand in logs. A test that fails here means that old logs would be misread: add a
/// number, never change one.
struct StoredNumberTests {
    @Test func kinds() {
        let numbers: [(UInt8, EventKind)] = [
            (1, .gatewayStarted), (2, .gatewayStopped), (3, .connectionOpened), (4, .frameReceived),
            (5, .frameRejected), (6, .requestSent), (7, .responseStarted), (8, .chunkReceived),
            (9, .streamEnded), (10, .requestFailed), (11, .framesDelivered),
            (12, .connectionClosed), (13, .restExchanged), (14, .logGap), (15, .timerElapsed),
            (16, .restForwarded),
        ]
        for (number, kind) in numbers { #expect(kind.rawValue == number, "\(kind)") }
        #expect(numbers.count == EventKind.allCases.count)
    }

    @Test func failures() {
        let numbers: [(Int64, RequestFailure)] = [
            (1, .resolveFailed), (2, .connectFailed), (3, .connectTimeout), (4, .readTimeout),
            (5, .status), (6, .notEventStream), (7, .brokenStream), (8, .malformedResponse),
            (9, .cancelled), (10, .finishTimeout), (11, .gatewayStopping), (12, .gatewayRestarted),
            (13, .logFailed),
        ]
        for (number, failure) in numbers { #expect(failure.rawValue == number, "\(failure)") }
        #expect(numbers.count == RequestFailure.allCases.count)
    }

    @Test func otherDetails() {
        #expect(StreamEnd.allCases.map(\.rawValue) == [0, 1, 2])
        #expect(StreamEnd.allCases == [.endOfBody, .doneEvent, .doneData])
        #expect(ChunkDetail.terminated.rawValue == 0)
        #expect(ChunkDetail.unterminated.rawValue == 1)
        #expect(TimerKind.heartbeat.rawValue == 1)
    }

    @Test(
        arguments: [
            (1, 1, 0x001), (2, 1, 0x002), (8, 1, 0x008), (1, 2, 0x101), (1, 300, 0x12B01),
        ] as [(UInt8, Int, Int64)]
    )
    func frames(opcode: UInt8, fragments: Int, detail: Int64) {
        let frame = FrameDetail(opcode: opcode, fragments: fragments)
        #expect(frame.detail == detail)
        #expect(FrameDetail(detail) == frame)
    }

    @Test(arguments: [Int64.min, -1, .max])
    func damagedFrameDetails(detail: Int64) {
        #expect(FrameDetail(detail).opcode == UInt8(truncatingIfNeeded: detail))
    }

    /// Checksums that stand in logs.
    @Test func checksums() {
        let body = Array(#"{"type":"x"}"#.utf8)
        let at: Int64 = 1_763_800_000_000_000
        let header = EventHeader(.chunkReceived, connection: 7, ordinal: 3, cause: 2, at: at)
        #expect(header.checksum(over: body.span) == 2_041_766_281)
        let gateway = EventHeader(.gatewayStarted, connection: 0, ordinal: 1, at: at, detail: -1)
        #expect(gateway.checksum(over: [UInt8]().span) == 1_264_538_336)
    }
}
