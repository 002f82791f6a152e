import IOLoop
import Session
import Synchronization
import Threading

/// The lines for operators, on standard output. Any thread may write; nobody ever waits for the
/// reader. What the descriptor does not take at once waits in a buffer of ``bufferLimit`` bytes; past
/// it new lines are dropped, and a line says how many when there is room again.
public final class OperatorLog: Sendable {
    /// How many bytes may wait for the reader.
    public static let bufferLimit = 1 << 20

    private struct Buffer {
        /// Rendered lines; the first may be written in part.
        var bytes: [UInt8] = []
        var dropped = 0
    }

    private let output: LogOutput
    private let format: LogFormat
    private let level: LogLevel
    private let clock: @Sendable () -> Int64
    private let buffer = Mutex(Buffer())

    /// A log on a descriptor, which stays the caller's.
    ///
    /// - Parameter clock: Wall time in microseconds, for the times of JSON lines.
    public init(
        descriptor: Int32 = 1,
        format: LogFormat,
        level: LogLevel,
        clock: @escaping @Sendable () -> Int64 = Clock.wall
    ) {
        output = LogOutput(descriptor)
        self.format = format
        self.level = level
        self.clock = clock
    }

    /// Adds a line to what ``flush()`` writes, unless it matters less than the log's level.
    public func write(_ line: LogLine) {
        guard line.level >= level else { return }
        buffer.withLock { buffer in
            guard noteDropped(&buffer), add(line, to: &buffer) else {
                buffer.dropped += 1
                return
            }
        }
    }

    /// Adds a line about the gateway itself.
    public func write(_ level: LogLevel, _ message: String) {
        write(LogLine(level, "gateway", message))
    }

    /// Writes what can be written without waiting. Gives whether that was everything.
    @discardableResult
    public func flush() -> Bool {
        buffer.withLock { buffer in
            _ = send(&buffer)
            return buffer.bytes.isEmpty
        }
    }

    /// Writes everything that a reader takes within a time in milliseconds; for the end of the
    /// process.
    public func drain(atMost milliseconds: Int32) {
        let end = Clock.monotonic() + Int64(milliseconds) * 1000
        buffer.withLock { buffer in
            _ = send(&buffer)
            while !buffer.bytes.isEmpty {
                let rest = Int32(max(0, end - Clock.monotonic()) / 1000)
                guard output.waitForRoom(atMost: rest), send(&buffer) else { return }
            }
        }
    }

    /// Whether anything was written: room without progress is a broken descriptor.
    private func send(_ buffer: inout Buffer) -> Bool {
        var written = write(&buffer)
        if buffer.dropped > 0, noteDropped(&buffer) { written += write(&buffer) }
        return written > 0
    }

    /// How many bytes the descriptor has taken.
    private func write(_ buffer: inout Buffer) -> Int {
        guard !buffer.bytes.isEmpty else { return 0 }
        let written = buffer.bytes.withUnsafeBytes { output.write($0) }
        if written == buffer.bytes.count {
            buffer.bytes.removeAll(keepingCapacity: true)
        } else {
            buffer.bytes.removeFirst(written)
        }
        return written
    }

    /// Puts the line about dropped ones where they are missing. False: there is no room for it yet.
    private func noteDropped(_ buffer: inout Buffer) -> Bool {
        guard buffer.dropped > 0 else { return true }
        let line = LogLine(.warning, "gateway", "\(buffer.dropped) log lines dropped")
        guard add(line, to: &buffer) else { return false }
        buffer.dropped = 0
        return true
    }

    /// False: there is no room, and the buffer is as before.
    private func add(_ line: LogLine, to buffer: inout Buffer) -> Bool {
        let before = buffer.bytes.count
        line.append(in: format, at: format == .json ? clock() : 0, to: &buffer.bytes)
        guard buffer.bytes.count > Self.bufferLimit else { return true }
        buffer.bytes.removeLast(buffer.bytes.count - before)
        return false
    }
}
