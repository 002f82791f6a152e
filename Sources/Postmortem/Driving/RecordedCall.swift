import Events
import Wire

/// A REST call as the log has it. The answer's body is not recorded, only how long it was.
public struct RecordedCall: Equatable, Sendable {
    /// The method.
    public var method: String
    /// Path and query at the agent.
    public var target: String
    /// Status that the caller was given; nil: the log has no answer.
    public var status: Int64?
    /// Length of the body that the caller was given.
    public var bytes = 0
}

/// The REST calls of a log: a fold over its rows.
public struct RecordedCalls: Sendable {
    /// In the order in which they went to the agent.
    public private(set) var calls: [RecordedCall] = []
    private var places: [Place: Int] = [:]

    private struct Place: Hashable {
        var connection: Int64
        var ordinal: Int64
    }

    /// How many calls are kept.
    static let limit = 10_000

    /// None.
    public init() {}

    /// Takes the next row.
    public mutating func take(_ header: EventHeader, _ body: Span<UInt8>) {
        switch header.knownKind {
        case .restForwarded:
            guard calls.count < Self.limit else { return }
            let bytes = body.withUnsafeBufferPointer { Array($0) }
            let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard words.count == 2 else { return }
            let place = Place(connection: header.connection, ordinal: header.ordinal)
            places[place] = calls.count
            calls.append(
                RecordedCall(
                    method: String(decoding: words[0], as: UTF8.self),
                    target: String(decoding: words[1], as: UTF8.self)
                )
            )
        case .restExchanged:
            let place = Place(connection: header.connection, ordinal: header.cause)
            guard let index = places.removeValue(forKey: place) else { return }
            var scanner = JSONScanner()
            guard (try? scanner.scan(body)) == .object else { return }
            calls[index].status = header.detail
            let bytes = scanner.integer("bytes", in: body) ?? 0
            calls[index].bytes = Int(clamping: min(max(0, bytes), 16 << 20))
        default: break
        }
    }
}
