import Events

/// The turns of some connections: a fold over their rows, which keeps all bytes.
public struct RecordedTurns: Sendable {
    /// In the order of their requests.
    public private(set) var turns: [RecordedTurn] = []
    /// Index of the turn whose answer comes, by connection.
    private var current: [Int64: Int] = [:]

    /// None.
    public init() {}

    /// Takes the next row. What does not fit is left out.
    public mutating func take(position: Int64, _ header: EventHeader, _ body: Span<UInt8>) {
        let connection = header.connection
        guard connection > 0, header.version == 1, let kind = header.knownKind else { return }
        if kind == .requestSent {
            current[connection] = turns.count
            turns.append(
                RecordedTurn(
                    connection: connection,
                    ordinal: header.ordinal,
                    position: position,
                    request: .init(bytes: Self.bytes(body), at: header.at)
                )
            )
            return
        }
        guard let index = current[connection] else { return }
        switch kind {
        case .responseStarted: turns[index].head = .init(bytes: Self.bytes(body), at: header.at)
        case .chunkReceived:
            turns[index].blocks.append(.init(bytes: Self.bytes(body), at: header.at))
        case .streamEnded:
            guard let end = StreamEnd(rawValue: header.detail) else { return }
            turns[index].ending = .init(way: .ended(end), at: header.at)
            current[connection] = nil
        case .requestFailed:
            guard let failure = RequestFailure(rawValue: header.detail) else { return }
            turns[index].ending = .init(
                way: .failed(failure, known: Self.bytes(body)),
                at: header.at
            )
            current[connection] = nil
        default: break
        }
    }

    private static func bytes(_ body: Span<UInt8>) -> [UInt8] {
        body.withUnsafeBufferPointer { Array($0) }
    }
}
