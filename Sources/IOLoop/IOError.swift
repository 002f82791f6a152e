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

    /// `connect: Connection refused`.
    public var description: String { "\(call): \(reason)" }
}
