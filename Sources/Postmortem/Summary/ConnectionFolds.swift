import Events
import Session

/// Folds the rows of a log, connection by connection. Memory is bounded by the connections that are
/// not finished; what is over is given away as ``SummaryChanges``. For one owner, who does not copy it.
public struct ConnectionFolds {
    /// What is known of a connection that is not being folded.
    public enum Past {
        /// Nothing: this is its first row.
        case none
        /// It is finished.
        case finished
        /// It is not, and this is how far its rows have been folded.
        case underWay(ConnectionFold)
    }

    /// Changed in place, wherever the dictionary puts it.
    private final class Place {
        var fold: ConnectionFold

        init(_ fold: ConnectionFold) { self.fold = fold }
    }

    private var reading = EventReading()
    private var open: [Int64: Place] = [:]

    /// Nothing folded.
    public init() {}

    /// The connections that have been folded and are not finished, in no order.
    public var unfinished: [ConnectionFold] { open.values.map(\.fold) }

    /// Takes the next row.
    ///
    /// - Parameters:
    ///   - changes: gets what is over with this row.
    ///   - past: says what is known of a connection that is not being folded.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>,
        _ changes: inout SummaryChanges,
        past: (Int64) throws -> Past
    ) rethrows {
        let number = header.connection
        guard number > 0, !header.isOfRESTCall else { return }
        let place: Place
        if let known = open[number] {
            place = known
        } else if let begun = try begin(position, header, past) {
            open[number] = begun
            place = begun
        } else {
            changes.late.append(Self.late(position, header, checksum, body))
            return
        }
        place.fold.take(position: position, header, checksum: checksum, body, &reading, &changes)
        if place.fold.isFinished {
            changes.finished.append(place.fold.summary)
            open[number] = nil
        }
    }

    private static func late(
        _ position: Int64,
        _ header: EventHeader,
        _ checksum: UInt32,
        _ body: Span<UInt8>
    ) -> LateEvent {
        LateEvent(
            connection: header.connection,
            position: position,
            at: header.at,
            isDamaged: header.checksum(over: body) != checksum,
            framesDelivered: header.knownKind == .framesDelivered
                ? FramesDelivered(body)?.frames : nil
        )
    }

    /// Nil: the connection is finished.
    private func begin(
        _ position: Int64,
        _ header: EventHeader,
        _ past: (Int64) throws -> Past
    ) rethrows -> Place? {
        switch try past(header.connection) {
        case .none:
            Place(
                ConnectionFold(
                    connection: header.connection,
                    firstPosition: position,
                    at: header.at
                )
            )
        case .finished: nil
        case .underWay(let fold): Place(fold)
        }
    }
}

extension EventHeader {
    /// Whether it tells of a REST call, which is no WebSocket connection.
    public var isOfRESTCall: Bool {
        knownKind == .restForwarded || knownKind == .restExchanged
    }
}
