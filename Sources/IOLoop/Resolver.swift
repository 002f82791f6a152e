import CLinux
import Glibc
import Threading

/// Looks up host names on a thread of its own, for the system's look-up can take many seconds.
public enum Resolver {
    /// The addresses of a host, or why there are none.
    public enum Outcome: Sendable {
        /// At least one address, in the system's order of preference.
        case addresses([SocketAddress])
        /// The system's words.
        case failed(String)
    }

    /// Looks up `host` and gives the outcome to `done` on another thread (post it to a mailbox).
    public static func resolve(
        _ host: String,
        port: UInt16,
        _ done: @escaping @Sendable (Outcome) -> Void
    ) {
        do throws(ThreadError) {
            try Thread(named: "resolver") { done(lookUp(host, port: port)) }
        } catch {
            done(.failed(error.description))
        }
    }

    static func lookUp(_ host: String, port: UInt16) -> Outcome {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else { return .failed(String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                addresses.append(
                    SocketAddress(copying: address, length: entry.pointee.ai_addrlen)
                )
            }
            next = entry.pointee.ai_next
        }
        return addresses.isEmpty ? .failed("no address") : .addresses(addresses)
    }
}
