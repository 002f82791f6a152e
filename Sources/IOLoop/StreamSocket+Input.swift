import Glibc

extension StreamSocket {
    /// Bytes that were received and are not done with.
    public var pendingInputBytes: Int { pending.count }

    /// Whether something has come on an open socket that the owner was not told of: bytes, the end, or an
    /// error. Asks the system.
    public var hasUnreadInput: Bool {
        guard phase == .open else { return false }
        guard pending.isEmpty else { return true }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count >= 0 || errno != EAGAIN
    }

    /// No more bytes are read or given until ``resumeReading()``.
    public func pauseReading() {
        guard !isReadingPaused else { return }
        isReadingPaused = true
        updateInterest()
    }

    /// Goes on after ``pauseReading()``; bytes that are already here are given again soon.
    public func resumeReading() {
        guard isReadingPaused else { return }
        isReadingPaused = false
        updateInterest()
        redeliver()
    }

    /// Gives the pending bytes again in a moment, without waiting for more to come.
    public func redeliver() {
        guard !isRedeliveryDue else { return }
        isRedeliveryDue = true
        loop.later { [self] in
            isRedeliveryDue = false
            if !isReadingPaused, phase == .open { deliverPending() }
        }
    }

    /// One read: at most ``BufferPool/readSize`` bytes, so that one busy peer does not starve others.
    func readAvailable() {
        // What is due to be given again came before what can be read now, an end above all.
        if isRedeliveryDue, !isReadingPaused, phase == .open {
            deliverPending()
            guard phase == .open, !isReadingPaused else { return }
        }
        guard !hasInputEnded else { return fail(.failed(IOError("recv", code: ECONNRESET))) }
        let area = loop.buffers.readArea
        let count = recv(descriptor, area.baseAddress, area.count, Int32(MSG_DONTWAIT))
        if count > 0 {
            guard phase == .open else { return }
            deliver(UnsafeRawBufferPointer(rebasing: area[..<count]))
        } else if count == 0 {
            phase == .lingering ? abort() : fail(.endOfInput)
        } else if errno != EAGAIN, errno != EINTR {
            fail(.failed(IOError("recv")))
        }
    }

    private func deliver(_ bytes: UnsafeRawBufferPointer) {
        guard pending.isEmpty else {
            pending.append(contentsOf: bytes)
            return deliverPending()
        }
        let consumed = bytes.withMemoryRebound(to: UInt8.self) { bytes in
            owner?.socket(self, received: bytes.span) ?? bytes.count
        }
        guard phase == .open, consumed < bytes.count else { return }
        pending = loop.buffers.take()
        pending.append(contentsOf: bytes[consumed...])
    }

    /// The buffer is taken out while the owner looks at it, for the owner may close the socket.
    private func deliverPending() {
        guard !pending.isEmpty, let owner else { return }
        var held: [UInt8] = []
        swap(&held, &pending)
        let consumed = owner.socket(self, received: held.span)
        if phase == .open, consumed < held.count {
            if consumed > 0 { held.removeFirst(consumed) }
            swap(&held, &pending)
        } else {
            loop.buffers.giveBack(&held)
        }
    }
}
