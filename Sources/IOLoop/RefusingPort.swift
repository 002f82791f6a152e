import CLinux
import Glibc

/// A port that is taken and refuses every connection, as that of an Agent Runtime that does not run.
public struct RefusingPort: ~Copyable {
    private let descriptor: Int32
    /// The address, with the port the system chose.
    public let address: SocketAddress

    /// Takes the port of a numeric address or `localhost`; 0: the system chooses. Throws when the host is
    /// no address or the port cannot be had.
    public init(host: String, port: UInt16) throws(IOError) {
        let host = host == "localhost" ? "127.0.0.1" : host
        guard let wanted = SocketAddress(numeric: host, port: port) else {
            throw IOError("inet_pton", code: EINVAL)
        }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let raw = socket(wanted.family, kind, 0)
        guard raw >= 0 else { throw IOError("socket") }
        // Bound and not listening: the system answers with a reset.
        guard wanted.withSockaddr({ bind(raw, $0, $1) }) == 0,
            let bound = SocketAddress.read(raw, getsockname)
        else {
            let failure = IOError("bind")
            Glibc.close(raw)
            throw failure
        }
        descriptor = raw
        address = bound
    }

    deinit { Glibc.close(descriptor) }
}
