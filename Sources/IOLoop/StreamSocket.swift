import CLinux
import Glibc

/// How a socket came to its end.
public enum SocketEnd: Equatable, Sendable {
    /// The peer has sent all it will send.
    case endOfInput
    /// The connection could not be made or broke.
    case failed(IOError)
}

/// Who uses a ``StreamSocket``. All calls come on the loop's thread.
public protocol StreamSocketOwner: AnyObject {
    /// A connection that was being made is there.
    func socketConnected(_ socket: StreamSocket)
    /// Bytes came. Gives how many of them are done with; the others are given again, with what
    /// comes after them.
    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int
    /// No more bytes will come. ``SocketEnd/endOfInput`` can be followed by a failure; nothing follows a
    /// failure or ``StreamSocket/abort()``.
    func socket(_ socket: StreamSocket, ended end: SocketEnd)
    /// The system took bytes; ``StreamSocket/sentBytes`` has grown.
    func socketSent(_ socket: StreamSocket)
}

/// A TCP connection on a loop.
///
/// Output has three marks, each a count of bytes since the beginning: staged ≥ released ≥ sent. Bytes are
/// staged as soon as they are known, released when they may leave (when what caused them is on disk),
/// and sent when the system takes them.
public final class StreamSocket: ReadinessSource {
    /// The loop it lives on.
    public let loop: EventLoop
    /// Who is told; kept until the socket is closed, or until another one, or none, takes its place.
    public var owner: (any StreamSocketOwner)?
    /// Called once, when the descriptor is given back.
    public var onClose: (() -> Void)?
    /// The other side, as known when the socket was made.
    public let peer: SocketAddress?

    /// Open until ``abort()``.
    let descriptor: Int32
    var phase: Phase
    /// Whether reading is paused.
    public internal(set) var isReadingPaused = false
    var hasInputEnded = false
    var isRedeliveryDue = false
    /// Received and not yet done with.
    var pending: [UInt8] = []

    var output: [UInt8] = []
    /// Place in `output` of the first byte not sent.
    var head = 0
    var isFlushDue = false
    var isBlocked = false
    var lingerTimer: LoopTimer?
    var lingerTime: Int64 = 0
    /// When a socket that finishes is closed however it moves, monotonic microseconds.
    var lingerEnd: Int64 = 0
    /// Bytes that the system has taken.
    public internal(set) var sentBytes: Int64 = 0
    /// Bytes that may leave.
    public internal(set) var releasedBytes: Int64 = 0

    enum Phase { case connecting, open, finishing, lingering, closed }

    /// Adopts a connected descriptor.
    public init(
        adopting descriptor: consuming FileDescriptor,
        peer: SocketAddress?,
        on loop: EventLoop
    ) {
        self.descriptor = descriptor.release()
        self.loop = loop
        self.peer = peer
        phase = .open
        enable(IPPROTO_TCP, TCP_NODELAY)
        loop.register(self.descriptor, [.readable], source: self)
    }

    /// Begins to connect; the owner hears of the outcome.
    public init(connectingTo address: SocketAddress, on loop: EventLoop) throws(IOError) {
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let made = try FileDescriptor.checked(
            Glibc.socket(address.family, flags | Int32(SOCK_CLOEXEC.rawValue), 0),
            "socket"
        )
        let raw = made.raw
        let outcome = address.withSockaddr { connect(raw, $0, $1) }
        guard outcome == 0 || errno == EINPROGRESS else { throw IOError("connect") }
        descriptor = made.release()
        self.loop = loop
        peer = address
        phase = .connecting
        enable(IPPROTO_TCP, TCP_NODELAY)
        loop.register(raw, [.writable], source: self)
    }

    /// Whether released bytes wait because the system takes no more.
    public var isSendBlocked: Bool { isBlocked }

    /// Whether bytes can still be staged.
    public var isOpen: Bool { phase == .open || phase == .connecting }

    /// For the loop.
    public func ready(_ readiness: Readiness) {
        switch phase {
        case .connecting: finishConnecting()
        case .open, .finishing, .lingering:
            // What came before a reset can still be read, but not once sending has failed.
            if !readiness.isDisjoint(with: [.readable, .hangup]) { readAvailable() }
            if readiness.contains(.writable) { flushNow() }
        case .closed: break
        }
    }

    deinit { if phase != .closed { giveBackDescriptor() } }

    /// Closes at once by a reset, so that the peer sees that the connection broke.
    public func reset() {
        guard phase != .closed else { return }
        var zero = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &zero, socklen_t(MemoryLayout<linger>.size))
        abort()
    }

    /// Closes at once; what is staged is lost, and the owner hears nothing more.
    public func abort() {
        guard phase != .closed else { return }
        phase = .closed
        if let lingerTimer { loop.disarm(lingerTimer) }
        lingerTimer = nil
        loop.unregister(descriptor)
        giveBackDescriptor()
        loop.buffers.giveBack(&output)
        head = 0
        loop.buffers.giveBack(&pending)
        owner = nil
    }

    private func giveBackDescriptor() {
        close(descriptor)
        onClose?()
        onClose = nil
    }

    func fail(_ end: SocketEnd) {
        let owner = owner
        let wasLingering = phase == .lingering
        hasInputEnded = true
        if case .failed = end { abort() } else { updateInterest() }
        if !wasLingering { owner?.socket(self, ended: end) }
    }

    private func finishConnecting() {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { return fail(.failed(IOError("connect", code: code))) }
        phase = .open
        updateInterest()
        flushSoon()
        owner?.socketConnected(self)
    }

    func updateInterest() {
        guard phase != .closed, phase != .connecting else { return }
        var interest: Readiness = []
        if !isReadingPaused, !hasInputEnded { interest.insert(.readable) }
        if isBlocked { interest.insert(.writable) }
        loop.update(descriptor, interest)
    }

    private func enable(_ level: Int, _ option: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(level), option, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
