import Glibc

extension BlockingSocket {
    /// A connected descriptor that does not block; failure is that of the last address tried.
    static func connect(
        _ host: String,
        _ port: UInt16,
        _ receiveBufferBytes: Int32?,
        _ segmentBytes: Int32?,
        _ deadline: Deadline
    ) throws(BlockingSocketError) -> Int32 {
        let list = try lookUp(host, port)
        defer { freeaddrinfo(list) }
        var failure = BlockingSocketError.unknownHost("no address")
        var next = list
        while let address = next?.pointee {
            do throws(BlockingSocketError) {
                return try connect(to: address, receiveBufferBytes, segmentBytes, deadline)
            } catch {
                failure = error
            }
            next = address.ai_next
        }
        throw failure
    }

    /// The addresses of the host, to be freed.
    private static func lookUp(
        _ host: String,
        _ port: UInt16
    ) throws(BlockingSocketError) -> UnsafeMutablePointer<addrinfo>? {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else { throw .unknownHost(String(cString: gai_strerror(code))) }
        return list
    }

    private static func connect(
        to address: addrinfo,
        _ receiveBufferBytes: Int32?,
        _ segmentBytes: Int32?,
        _ deadline: Deadline
    ) throws(BlockingSocketError) -> Int32 {
        let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = socket(address.ai_family, Int32(kind), 0)
        guard descriptor >= 0 else { throw .failed(call: "socket", code: errno) }
        do throws(BlockingSocketError) {
            // The receive buffer must be known before the window is told to the peer.
            if let receiveBufferBytes { set(descriptor, SOL_SOCKET, SO_RCVBUF, receiveBufferBytes) }
            if let segmentBytes { set(descriptor, Int32(IPPROTO_TCP), TCP_MAXSEG, segmentBytes) }
            set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            try finishConnecting(descriptor, to: address, deadline)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func finishConnecting(
        _ descriptor: Int32,
        to address: addrinfo,
        _ deadline: Deadline
    ) throws(BlockingSocketError) {
        if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return }
        guard errno == EINPROGRESS else { throw .failed(call: "connect", code: errno) }
        guard try wait(descriptor, for: POLLOUT, by: deadline) else {
            throw .timeout(call: "connect")
        }
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw .failed(call: "connect", code: code) }
    }

    /// A tuning that fails leaves the connection as good as before.
    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
