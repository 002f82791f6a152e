import CLinux
import Glibc

/// A listening TCP socket on a loop.
public final class Listener: ReadinessSource {
    private let loop: EventLoop
    private let descriptor: FileDescriptor
    private let mayAccept: () -> Bool
    private let accepted: (consuming FileDescriptor, SocketAddress?) -> Void
    private var retry: LoopTimer?
    /// Given up for a moment when descriptors run out, so that waiting connections can be
    /// accepted and closed rather than left to make the loop spin.
    private var reserve: Int32
    private var isClosed = false

    /// The address it listens on, with the port the system chose.
    public let address: SocketAddress

    /// Listens; `accepted` is called on the loop's thread for each new connection. As long as `mayAccept` says
    /// no, connections wait in the system's queue; it is asked again every 100 ms.
    ///
    /// Several loops of one process may listen on one address when all ask for `sharedPort`; the system
    /// spreads new connections over them.
    public init(
        on address: SocketAddress,
        loop: EventLoop,
        sharedPort: Bool = false,
        mayAccept: @escaping () -> Bool = { true },
        accepted: @escaping (consuming FileDescriptor, SocketAddress?) -> Void
    ) throws(IOError) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = try FileDescriptor.checked(socket(address.family, kind, 0), "socket")
        self.loop = loop
        self.mayAccept = mayAccept
        self.accepted = accepted
        reserve = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let raw = descriptor.raw
        try Self.enable(raw, SO_REUSEADDR)
        if sharedPort { try Self.enable(raw, SO_REUSEPORT) }
        guard address.withSockaddr({ bind(raw, $0, $1) }) == 0 else { throw IOError("bind") }
        guard listen(raw, 4096) == 0 else { throw IOError("listen") }
        guard let bound = SocketAddress.read(raw, getsockname) else { throw IOError("getsockname") }
        self.address = bound
        loop.register(raw, [.readable], source: self)
    }

    deinit { if reserve >= 0 { Glibc.close(reserve) } }

    /// Accepts no more.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        if let retry { loop.disarm(retry) }
        loop.unregister(descriptor.raw)
        shutdown(descriptor.raw, Int32(SHUT_RDWR))
    }

    /// For the loop.
    public func ready(_ readiness: Readiness) {
        for _ in 0..<256 where !isClosed {
            guard mayAccept() else { return pause() }
            let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let raw = accept4(descriptor.raw, nil, nil, flags)
            if raw >= 0 {
                let peer = SocketAddress.read(raw, getpeername)
                accepted(FileDescriptor(owning: raw), peer)
            } else if errno == EMFILE || errno == ENFILE {
                guard refuseOne() else { return pause() }
            } else if errno == ENOBUFS || errno == ENOMEM {
                return pause()
            } else if errno != ECONNABORTED, errno != EINTR {
                return
            }
        }
    }

    /// Lets waiting connections wait a moment: as long as nothing can be accepted, readiness would make
    /// the loop spin.
    private func pause() {
        let timer = retry ?? LoopTimer { [weak self] in self?.resume() }
        retry = timer
        loop.update(descriptor.raw, [])
        loop.arm(timer, after: 100_000)
    }

    private func resume() {
        guard !isClosed else { return }
        if reserve < 0 { reserve = open("/dev/null", O_RDONLY | O_CLOEXEC) }
        loop.update(descriptor.raw, [.readable])
    }

    /// Out of descriptors: with the reserved one, accepts a connection only to close it.
    private func refuseOne() -> Bool {
        guard reserve >= 0 else { return false }
        Glibc.close(reserve)
        let raw = accept4(descriptor.raw, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
        if raw >= 0 { Glibc.close(raw) }
        reserve = open("/dev/null", O_RDONLY | O_CLOEXEC)
        return raw >= 0
    }

    private static func enable(_ descriptor: Int32, _ option: Int32) throws(IOError) {
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setsockopt(descriptor, SOL_SOCKET, option, &one, size) == 0 else {
            throw IOError("setsockopt")
        }
    }
}
