import Glibc

/// A failed system call.
public struct IOError: Error, Equatable, CustomStringConvertible {
    /// The call that failed, e.g. `connect`.
    public let call: String
    /// The call's `errno`.
    public let code: Int32

    /// A failure of `call`; by default with the `errno` of right now.
    public init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    /// The system's words for the code, e.g. `Connection refused`.
    public var reason: String { String(cString: strerror(code)) }

    /// Whether the process or the system has no descriptor left.
    public var isLackOfDescriptors: Bool { code == EMFILE || code == ENFILE }

    /// `connect: Connection refused`.
    public var description: String { "\(call): \(reason)" }
}
