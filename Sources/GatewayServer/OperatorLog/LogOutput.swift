import Glibc

/// The descriptor that log lines go to. It is shared with other processes, so it is not switched to
/// non-blocking: instead it is asked for room first, and written in amounts that fit.
struct LogOutput: Sendable {
    private enum Kind {
        /// Takes everything at once.
        case file
        /// Has a non-blocking call of its own.
        case socket
        /// A pipe with room takes this much without waiting, and in one piece (`PIPE_BUF`); a
        /// terminal is treated the same.
        case pipe
    }

    private static let pipeLimit = 4096

    private let descriptor: Int32
    private let kind: Kind

    /// The descriptor stays the caller's.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        let mode = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        kind =
            switch mode {
            case S_IFREG: .file
            case S_IFSOCK: .socket
            default: .pipe
            }
    }

    /// Writes what can be written without waiting; how much that was. 0 also when the descriptor
    /// is broken: there is nobody to tell, and it may be mended (a full disk).
    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = writeOnce(rest)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        return written
    }

    /// Waits until there is room, at most so many milliseconds.
    @discardableResult
    func waitForRoom(atMost milliseconds: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return Glibc.poll(&poll, 1, milliseconds) == 1 && poll.revents & Int16(POLLOUT) != 0
    }

    private func writeOnce(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch kind {
        case .file:
            return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        case .socket:
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            return send(descriptor, bytes.baseAddress, bytes.count, flags)
        case .pipe:
            guard waitForRoom(atMost: 0) else { return 0 }
            return Glibc.write(descriptor, bytes.baseAddress, Self.wholeLines(in: bytes))
        }
    }

    /// As many whole lines as a pipe takes in one piece, so that those of several writers do not
    /// mix; a longer line is cut.
    private static func wholeLines(in bytes: UnsafeRawBufferPointer) -> Int {
        let piece = bytes.prefix(pipeLimit)
        guard piece.count < bytes.count else { return piece.count }
        return piece.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? piece.count
    }
}
