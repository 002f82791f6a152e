import Glibc

/// How a connection failed.
public enum BlockingSocketError: Error, Equatable, Sendable {
    /// The host's name has no address; the system's words.
    case unknownHost(String)
    /// A system call failed with this `errno`.
    case failed(call: String, code: Int32)
    /// The deadline passed in this call.
    case timeout(call: String)
}

extension BlockingSocketError: CustomStringConvertible {
    /// What happened, e.g. `connect: Connection refused`.
    public var description: String {
        switch self {
        case .unknownHost(let reason): "unknown host: \(reason)"
        case .failed(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .timeout(let call): "\(call): timeout"
        }
    }
}
