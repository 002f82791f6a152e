import Events
import Session

/// One event of a connection, with what it did.
public struct TimelineEntry: Equatable, Sendable {
    /// Between whom something went.
    public enum Direction: String, Sendable {
        /// From the IDE to the gateway.
        case fromIDE = "IDE→"
        /// From the gateway to the agent.
        case toAgent = "→agent"
        /// From the agent to the gateway.
        case fromAgent = "agent→"
        /// From the gateway to the IDE.
        case toIDE = "→IDE"
        /// Within the gateway.
        case gateway = "gateway"
    }

    /// Place in the log.
    public var position: Int64
    /// All but position and body.
    public var header: EventHeader
    /// Whether the row is as it was written.
    public var isIntact: Bool
    /// Since the connection's event before, µs; nil for the first. Negative when the clock was set
    /// back.
    public var sinceLast: Int64?
    /// Between whom it went.
    public var direction: Direction
    /// What it was, in a few words.
    public var title: String
    /// The exact bytes.
    public var payload: [UInt8]
    /// What the gateway did about it, e.g. that a chunk was forwarded.
    public var outcomes: [String]
    /// What it changed in the connection's state.
    public var changes: [StateChange]
    /// Number of the turn that it belongs to, from 1; nil: to none, or that is not known.
    public var turn: Int64?
    /// Whether a frame to the IDE came from it.
    public var sendsFrame = false
    /// When the IDE's socket had taken that frame; nil: that is not on record.
    public var taking: ConnectionOutline.Taking?
    /// What is wrong with it.
    public var anomalies: [Anomaly.Kind]
}
