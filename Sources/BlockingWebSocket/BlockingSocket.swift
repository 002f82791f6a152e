import Glibc

/// A TCP connection whose calls wait, each no longer than its deadline. Closed when let go.
public struct BlockingSocket: ~Copyable {
    /// What ``receive(into:by:)`` came to.
    public enum Outcome: Equatable, Sendable {
        /// This many bytes were appended, one at least.
        case bytes(Int)
        /// The peer has sent all it will send.
        case endOfInput
        /// Nothing came.
        case timeout
    }

    private let descriptor: Int32

    /// Connects to the first address of the host that answers. The look-up of the name is the system's
    /// own and is not bound by the deadline.
    ///
    /// - Parameter receiveBufferBytes: the system's receive buffer, for a client that is to be slow; nil:
    ///   the system decides.
    /// - Parameter segmentBytes: the longest TCP segment; nil: the system decides.
    public init(
        host: String,
        port: UInt16,
        receiveBufferBytes: Int32? = nil,
        segmentBytes: Int32? = nil,
        by deadline: Deadline
    ) throws(BlockingSocketError) {
        descriptor = try Self.connect(host, port, receiveBufferBytes, segmentBytes, deadline)
    }

    deinit { close(descriptor) }

    /// Sends all the bytes.
    public func send(_ bytes: [UInt8], by deadline: Deadline) throws(BlockingSocketError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                return Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                guard try Self.wait(descriptor, for: POLLOUT, by: deadline) else {
                    throw .timeout(call: "send")
                }
            } else if errno != EINTR {
                throw .failed(call: "send", code: errno)
            }
        }
    }

    /// Appends what has come, or what comes first.
    public func receive(
        into buffer: inout [UInt8],
        by deadline: Deadline
    ) throws(BlockingSocketError) -> Outcome {
        while true {
            let count = withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { area in
                let count = recv(descriptor, area.baseAddress, area.count, 0)
                if count > 0 { buffer.append(contentsOf: area[..<count]) }
                return count
            }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .endOfInput }
            if errno == EAGAIN {
                guard try Self.wait(descriptor, for: POLLIN, by: deadline) else { return .timeout }
            } else if errno != EINTR {
                throw .failed(call: "recv", code: errno)
            }
        }
    }

    /// Sends no more: the peer reads to the end, and what it sends can still be received.
    public func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Breaks the connection off: the peer sees a reset, as after a crash.
    public func reset() {
        // connect(2): AF_UNSPEC dissolves the association, for which TCP sends RST.
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        _ = Glibc.connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }

    /// Waits until the descriptor is ready or has failed; false: the deadline passed first.
    static func wait(
        _ descriptor: Int32,
        for events: Int32,
        by deadline: Deadline
    ) throws(BlockingSocketError) -> Bool {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let count = poll(&entry, 1, deadline.pollMilliseconds)
            if count > 0 { return true }
            if count < 0, errno != EINTR { throw .failed(call: "poll", code: errno) }
            if count == 0, deadline.hasPassed { return false }
        }
    }
}
