import Glibc
import Postmortem

/// What a command prints: buffered, so that a long log costs few system calls.
final class Output {
    /// Whether programs read it.
    let isJSON: Bool
    /// How it looks.
    let style: OutputStyle

    /// Where long work says how far it has come.
    let errors: Int32

    /// Where it goes.
    let descriptor: Int32

    /// Whether something has been found by now that makes the exit status 1, though nobody reads on.
    var hasFinding = false

    private var pending: [UInt8] = []

    /// How much is gathered before it is written, bytes.
    private static let enough = 1 << 16

    init(isJSON: Bool, descriptor: Int32, errors: Int32) {
        self.isJSON = isJSON
        self.errors = errors
        self.descriptor = descriptor
        style = OutputStyle(descriptor: descriptor)
    }

    /// Throws ``OutputClosed`` when nobody reads any more.
    func write(_ text: String) throws(OutputClosed) {
        pending.append(contentsOf: text.utf8)
        if pending.count >= Self.enough { try flush() }
    }

    /// The same, and a line end.
    func writeLine(_ text: String = "") throws(OutputClosed) {
        try write(text)
        try write("\n")
    }

    /// Writes bytes as they are: a file's content, which is not for a terminal.
    func write(bytes: [UInt8]) throws(OutputClosed) {
        pending += bytes
        if pending.count >= Self.enough { try flush() }
    }

    /// Writes a JSON object on a line of its own.
    func writeLine(json: [UInt8]) throws(OutputClosed) {
        pending.append(contentsOf: TerminalText.escaping(json: json))
        try write("\n")
    }

    /// Writes a line at once, for whoever waits for it; that nobody reads it is no reason to stop.
    func say(text: String, json: [UInt8]) {
        if isJSON { try? writeLine(json: json) } else { try? writeLine(text) }
        try? flush()
    }

    /// Writes what is still here.
    func flush() throws(OutputClosed) {
        defer { pending.removeAll(keepingCapacity: true) }
        var written = 0
        while written < pending.count {
            let count = pending.withUnsafeBytes { bytes in
                Glibc.write(
                    descriptor,
                    bytes.baseAddress.map { $0 + written },
                    bytes.count - written
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw OutputClosed(code: errno) }
            written += count
        }
    }
}

/// Nothing can be written any more: nobody reads the output, or it has failed.
struct OutputClosed: Error {
    /// The system's error number.
    var code = EPIPE
}
