import Glibc
import IOLoop

/// The steps of an answer.
extension SimulatorConnection {
    /// What may wait unsent before ``AnswerStep/sendForever(_:every:)`` holds back, in bytes.
    private static let highMark = 64 * 1024

    /// Does what is to be done now.
    func perform() {
        while let step = steps?.popFirst() {
            switch step {
            case .send(let bytes): socket.write(bytes)
            case .pause(let time): return pause(time)
            case .sendForever(let bytes, let every):
                if socket.unsentBytes < Self.highMark { socket.write(bytes) }
                steps = [step]
                return pause(every)
            case .stall: return
            case .close: return end(.close)
            case .reset: return end(.reset)
            }
        }
        guard steps != nil else { return }
        agent.ended(.answered, of: number)
        if keepsAlive { waitForRequest() } else { end(.close) }
    }

    /// The client left in the middle of its answer.
    func cancel() {
        agent.ended(.cancelled, of: number)
        abort()
    }

    private func pause(_ time: Int64) {
        socket.loop.arm(stepTimer, after: time)
    }

    private func end(_ ending: Ending) {
        self.ending = ending
        endIfSent()
    }

    /// Not before everything has been sent: a reset destroys what was not, and a socket that is
    /// finished is given up after a time, be its bytes sent or not.
    func endIfSent() {
        guard let ending, socket.unsentBytes == 0 else { return }
        agent.ended(.answered, of: number)
        switch ending {
        case .close: close()
        case .reset: reset()
        }
    }

    private func reset() {
        socket.reset()
        abort()
    }
}
