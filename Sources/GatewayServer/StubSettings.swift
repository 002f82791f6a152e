import EventStore
import Events
import Session
import Wire
public struct Settings: Sendable {
    public enum WSAuth: Sendable { case optional, required }
    public var host = "127.0.0.1"
    public var port: UInt16 = 8001
    public var agentURL: HTTPBaseURL
    public var internalKey = "change-me-internal-key"
    public var requestTimeout: Int64 = 30_000_000
    public var streamTimeout: Int64 = 60_000_000
    public var version = "0"
    public var heartbeatInterval: Int64 = 30_000_000
    public var closeTimeout: Int64 = 10_000_000
    public var maxConcurrentRequests = 10_000
    public var logDir = "./gateway-log"
    public var logSync = LogSync.full
    public var sessionInfo = SessionPolicy.RepeatedSessionInfo.once
    public var onDisconnect = SessionPolicy.Disconnect.finish
    public var finishTimeout: Int64 = 600_000_000
    public var drainTimeout: Int64 = 8_000_000
    public var slowConsumerTimeout: Int64 = 60_000_000
    public var loops = 1
    public var websocketAuth = WSAuth.optional
    public var maxMessageBytes = 16 << 20
    public var queueMessages = 16
    public var connectionLimit = 18000
    public var recorded: [(String, String)] { [] }
    public init(_ u: HTTPBaseURL) { agentURL = u }
}
public final class OperatorLog: Sendable {
    public init() {}
    public func write(_ line: LogLine) { print("\(line.level.name): [\(line.id)] \(line.message)") }
    public func flush() {}
}
