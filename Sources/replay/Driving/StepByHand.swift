import Glibc

/// Enter on standard input, for who goes on by hand.
enum StepByHand {
    /// Whether a line, or the end of input, is there.
    static var isReady: Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, 0) != 0
    }

    /// Takes one line, and nothing of what is typed ahead.
    static func take() {
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {}
    }
}
