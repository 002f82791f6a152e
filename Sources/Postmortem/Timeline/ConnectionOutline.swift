import Events

/// What a timeline has to know of a connection beforehand: which message became which turn, and when the
/// IDE's socket took what. Made of ``kinds`` only.
public struct ConnectionOutline: Equatable, Sendable {
    /// The events it is made of; it takes others without effect.
    public static let kinds: Set<EventKind> = [.requestSent, .framesDelivered]

    /// When the frame of an event had left for the IDE.
    public struct Taking: Equatable, Sendable {
        /// Ordinal of the framesDelivered that says so.
        public var ordinal: Int64
        /// Its time, µs since 1970: by then the IDE's socket had taken the frame.
        public var at: Int64
    }

    private struct Delivery: Equatable, Sendable {
        var through: Int64
        var taking: Taking
    }

    /// Ordinals of the requests, in order.
    private var requests: [Int64] = []
    /// The turns that messages became, by the ordinals of these, from 1.
    private var turns: [Int64: Int64] = [:]
    /// Each of them goes further than the one before.
    private var deliveries: [Delivery] = []

    /// An outline of nothing.
    public init() {}

    /// Takes the connection's next event of these kinds.
    public mutating func take(_ header: EventHeader) {
        switch header.knownKind {
        case .requestSent:
            requests.append(header.ordinal)
            if turns[header.cause] == nil { turns[header.cause] = Int64(requests.count) }
        case .framesDelivered:
            // The one at a connection's end repeats what has been said.
            guard header.detail > deliveries.last?.through ?? 0 else { return }
            let taking = Taking(ordinal: header.ordinal, at: header.at)
            deliveries.append(Delivery(through: header.detail, taking: taking))
        default: break
        }
    }

    /// When the frame that came from an event had been taken; nil: that is not on record.
    func taking(of ordinal: Int64) -> Taking? {
        let index = Self.first(deliveries) { $0.through >= ordinal }
        return index < deliveries.count ? deliveries[index].taking : nil
    }

    /// Number of the turn that an event belongs to, from 1: as its message, its request, a part of its
    /// answer, or the delivery of one; nil: to none.
    func turn(of header: EventHeader) -> Int64? {
        switch header.knownKind {
        case .frameReceived: turns[header.ordinal]
        case .requestSent, .responseStarted, .chunkReceived, .streamEnded, .requestFailed:
            turn(at: header.ordinal)
        case .framesDelivered: turn(at: header.detail)
        default: nil
        }
    }

    /// The turn whose request came last.
    private func turn(at ordinal: Int64) -> Int64? {
        let count = Self.first(requests) { $0 > ordinal }
        return count > 0 ? Int64(count) : nil
    }

    /// Index of the first element for which a condition holds, which then holds for all after it.
    private static func first<Element>(
        _ elements: [Element],
        _ holds: (Element) -> Bool
    ) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if holds(elements[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
