import CLinux
import Glibc
import Synchronization

/// The only door into a loop from other threads: messages are put in a queue and the loop is woken.
public final class Mailbox<Message: Sendable>: Sendable {
    private let queue = Mutex<[Message]>([])
    private let wakeup: Int32

    /// An empty mailbox; throws when the system has no descriptor left.
    public init() throws(IOError) {
        wakeup = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard wakeup >= 0 else { throw IOError("eventfd") }
    }

    deinit { close(wakeup) }

    /// Leaves a message. Messages of one sender arrive in the order they were left.
    public func post(_ message: Message) {
        let wasEmpty = queue.withLock { queue in
            queue.append(message)
            return queue.count == 1
        }
        if wasEmpty { eventfd_write(wakeup, 1) }
    }

    /// Lets `receive` have each message, on the loop's thread.
    public func open(on loop: EventLoop, _ receive: @escaping (Message) -> Void) {
        loop.register(wakeup, [.readable], source: MailboxSource(mailbox: self, receive: receive))
    }

    fileprivate func take(reusing spare: inout [Message]) {
        var count: eventfd_t = 0
        eventfd_read(wakeup, &count)
        queue.withLock { swap(&$0, &spare) }
    }
}

private final class MailboxSource<Message: Sendable>: ReadinessSource {
    private let mailbox: Mailbox<Message>
    private let receive: (Message) -> Void
    private var taken: [Message] = []

    init(mailbox: Mailbox<Message>, receive: @escaping (Message) -> Void) {
        self.mailbox = mailbox
        self.receive = receive
    }

    func ready(_ readiness: Readiness) {
        mailbox.take(reusing: &taken)
        for message in taken { receive(message) }
        taken.removeAll(keepingCapacity: taken.capacity <= 1024)
    }
}
