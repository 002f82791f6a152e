import Events
import Session

/// Judges the connections of a log in one pass over its rows. Pure: the same rows give the same
/// verdicts. Memory is bounded by the connections that are not finished; of those that are, and of
/// temporary ids, a bounded number is remembered. For one owner, who does not copy it.
///
/// The rows of one connection come in their order. Those of several may come mixed, as in a log, or one
/// connection after the other by their openings.
public struct VerdictFold {
    /// How many finished connections are kept for rows that come late.
    static let finishedLimit = 4_096
    /// The word of what an IDE's socket took at its end stands this close behind the end, positions.
    static let lateness: Int64 = 1_024

    /// Changed in place, wherever the dictionary puts it.
    private final class Place {
        var judgement: ConnectionJudgement

        init(_ number: Int64) { judgement = ConnectionJudgement(number) }
    }

    private var reading = EventReading()
    private var desk = VerdictDesk()
    private var places: [Int64: Place] = [:]
    private var finished: [Int64] = []
    private var nextFinished = 0
    /// Connections whose last delivery is awaited, and the position from which it is late.
    private var awaiting: [(number: Int64, limit: Int64)] = []
    private var lastAt: Int64 = 0

    /// Rows taken, those of REST calls included.
    public private(set) var rows: Int64 = 0
    /// Connections seen.
    public private(set) var connections: Int64 = 0

    /// Nothing judged.
    public init() {}

    /// Whether verdicts wait to be taken.
    public var hasNew: Bool { !desk.new.isEmpty }

    /// The verdicts that have become certain since the last call, in the order in which they did.
    public mutating func takeNew() -> [Verdict] {
        guard !desk.new.isEmpty else { return [] }
        defer { desk.new.removeAll(keepingCapacity: true) }
        return desk.new
    }

    /// Whether a connection is being judged, or was until lately. Of another one the earlier rows, if there
    /// are any, have to come first.
    public func knows(_ connection: Int64) -> Bool { places[connection] != nil }

    /// Takes the next row.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) {
        rows &+= 1
        lastAt = max(lastAt, header.at)
        if let first = awaiting.first, first.limit < position { settleLate(position) }
        let number = header.connection
        let isIntact = header.checksum(over: body) == checksum
        guard number > 0 else { return takeOfGateway(position, header, isIntact, body) }
        guard !header.isOfRESTCall else { return }
        let place = place(number)
        let wasOver = place.judgement.isOver
        let isFirst = place.judgement.turn?.blocks == 0
        let event = reading.read(header, body, isFirstChunk: isFirst)
        place.judgement.take(
            event,
            Moment(header, position: position),
            header,
            isIntact: isIntact,
            body,
            &desk
        )
        guard !wasOver, place.judgement.isOver else { return }
        if place.judgement.awaitsDelivery { awaiting.append((number, position &+ Self.lateness)) }
        retire(number)
    }

    /// Says what is certain when no row is being written: a delivery that is not on record now will not
    /// come.
    public mutating func settle() { settleLate(.max) }

    /// The log has ended: says the rest. No row may follow.
    public mutating func finish() {
        settle()
        let unfinished = places.values.filter { !$0.judgement.isOver }
        for place in unfinished.sorted(by: { $0.judgement.number < $1.judgement.number }) {
            place.judgement.finish(lastAt: lastAt, &desk)
        }
        places.removeAll()
    }

    private mutating func place(_ number: Int64) -> Place {
        if let known = places[number] { return known }
        let place = Place(number)
        places[number] = place
        connections &+= 1
        return place
    }

    private mutating func settleLate(_ position: Int64) {
        var count = 0
        for (number, limit) in awaiting {
            guard limit < position || position == .max else { break }
            count += 1
            places[number]?.judgement.settle(&desk)
        }
        awaiting.removeFirst(count)
    }

    private mutating func takeOfGateway(
        _ position: Int64,
        _ header: EventHeader,
        _ isIntact: Bool,
        _ body: Span<UInt8>
    ) {
        let moment = Moment(header, position: position)
        guard isIntact else {
            let evidence = [moment.evidence("damaged row")]
            return sayOfGateway(.damagedRow, evidence, VerdictName.damagedRow.summary)
        }
        switch header.knownKind {
        case .gatewayStarted: desk.memory.startedAt = position
        case .logGap:
            let reason = body.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
            let words = "\(header.detail) event(s) or more were not written: \(reason)"
            let sentence = "\(VerdictName.logGap.summary.dropLast()) (\(words))."
            sayOfGateway(.logGap, [moment.evidence("log gap")], sentence)
        default: break
        }
    }

    private mutating func sayOfGateway(
        _ name: VerdictName,
        _ evidence: [Evidence],
        _ words: String
    ) {
        desk.new.append(Verdict(name, connection: 0, id: "", evidence: evidence, words: words))
    }

    /// Forgets the connection that has been finished for longest, when there are too many.
    private mutating func retire(_ number: Int64) {
        guard finished.count == Self.finishedLimit else { return finished.append(number) }
        let oldest = finished[nextFinished]
        places[oldest]?.judgement.settle(&desk)
        places[oldest] = nil
        finished[nextFinished] = number
        nextFinished = (nextFinished + 1) % Self.finishedLimit
    }
}
