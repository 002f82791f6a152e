import CLinux
import Glibc

extension StreamSocket {
    /// All bytes that were ever staged.
    public var stagedBytes: Int64 { sentBytes &+ Int64(output.count - head) }

    /// Bytes that are staged and not yet taken by the system.
    public var unsentBytes: Int { output.count - head }

    /// Bytes of the buffer that are in use: those of ``unsentBytes``, and sent ones before them, never more than
    /// those or 64 KiB when the owner hears of ``StreamSocketOwner/socketSent(_:)``.
    public var heldOutputBytes: Int { output.count }

    /// Lets `render` append bytes that may not leave before they are released, and gives the new
    /// ``stagedBytes``. They are dropped when the socket is no longer open.
    @discardableResult
    public func stage(_ render: (inout [UInt8]) -> Void) -> Int64 {
        guard isOpen else { return stagedBytes }
        let count = Self.render(render, into: &output, loop.buffers)
        return sentBytes &+ Int64(count - head)
    }

    /// Gives the new length of the output. Apart, for the output to be looked at in one go.
    private static func render(
        _ render: (inout [UInt8]) -> Void,
        into output: inout [UInt8],
        _ buffers: BufferPool
    ) -> Int {
        if output.capacity == 0 { output = buffers.take() }
        render(&output)
        return output.count
    }

    /// The bytes up to a count of ``stagedBytes`` may leave; they do at the end of the turn.
    public func release(through count: Int64) {
        let limit = min(count, stagedBytes)
        guard limit > releasedBytes else { return }
        releasedBytes = limit
        flushSoon()
    }

    /// Takes back what is staged and not released.
    public func discardUnreleased() {
        let count = Int(stagedBytes &- releasedBytes)
        if count > 0 { output.removeLast(count) }
    }

    /// Stages bytes and releases everything that is staged.
    public func write(_ render: (inout [UInt8]) -> Void) {
        stage(render)
        release(through: stagedBytes)
    }

    /// Stages bytes and releases everything that is staged.
    public func write(_ bytes: [UInt8]) { write { $0.append(contentsOf: bytes) } }

    /// The longest that a socket takes to finish, in microseconds.
    private static let lingerLimit: Int64 = 60_000_000

    /// Closes when what is staged has been released and sent: shuts the sending side, then reads on (and
    /// throws away) until the peer closes, nothing has moved for `linger` microseconds, or a minute is over,
    /// for a close with
    /// unread input would be a reset that can destroy what was just sent (RFC 9112 §9.6).
    public func finish(linger: Int64 = 2_000_000) {
        guard phase == .open else { return phase == .connecting ? abort() : () }
        phase = .finishing
        isReadingPaused = false
        loop.buffers.giveBack(&pending)
        let timer = LoopTimer { [self] in abort() }
        lingerTimer = timer
        lingerTime = linger
        lingerEnd = loop.now &+ Self.lingerLimit
        loop.arm(timer, after: linger)
        updateInterest()
        flushSoon()
    }

    /// Sends at the end of the turn.
    func flushSoon() {
        guard !isFlushDue, phase != .closed else { return }
        isFlushDue = true
        loop.needsFlush(self)
    }

    /// Sends what is released, as far as the system takes it.
    func flushNow() {
        isFlushDue = false
        guard phase == .open || phase == .finishing else { return }
        let before = sentBytes
        while sentBytes < releasedBytes {
            let count = sendOnce(Int(releasedBytes &- sentBytes))
            if count < 0 {
                if errno == EINTR { continue }
                guard errno == EAGAIN else { return fail(.failed(IOError("send"))) }
                break
            }
            head += count
            sentBytes &+= Int64(count)
        }
        tidyOutput()
        setBlocked(sentBytes < releasedBytes)
        if let lingerTimer, sentBytes != before {
            loop.arm(lingerTimer, after: max(0, min(lingerTime, lingerEnd &- loop.now)))
        }
        if phase == .finishing, unsentBytes == 0 {
            phase = .lingering
            shutdown(descriptor, Int32(SHUT_WR))
            if hasInputEnded { abort() }
        } else if sentBytes != before {
            owner?.socketSent(self)
        }
    }

    private func sendOnce(_ count: Int) -> Int {
        let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
        return output.withUnsafeBytes { bytes in
            send(descriptor, bytes.baseAddress?.advanced(by: head), count, flags)
        }
    }

    private func tidyOutput() {
        if head == output.count {
            head = 0
            loop.buffers.giveBack(&output)
        } else if head >= 64 * 1024, head > output.count / 2 {
            output.removeFirst(head)
            head = 0
        }
    }

    private func setBlocked(_ blocked: Bool) {
        guard blocked != isBlocked else { return }
        isBlocked = blocked
        updateInterest()
    }
}
