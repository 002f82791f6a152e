import Glibc
import Session
import Testing

@testable import GatewayServer

@Suite("The operators' log")
struct OperatorLogTests {
    @Test("Lines come with the flush, in order, from the log's level on")
    func levels() {
        let pipe = TestPipe()
        let log = OperatorLog(descriptor: pipe.writing, format: .text, level: .warning)
        log.write(LogLine(.info, "a", "1"))
        log.write(LogLine(.warning, "a", "2"))
        log.write(.error, "3")
        #expect(pipe.take() == "")
        log.flush()
        #expect(pipe.take() == "WARNING: [a] 2\nERROR: [gateway] 3\n")
        log.flush()
        #expect(pipe.take() == "")
    }

    @Test("JSON lines carry the clock's time")
    func json() {
        let pipe = TestPipe()
        let log = OperatorLog(descriptor: pipe.writing, format: .json, level: .info) { 1_000_001 }
        log.write(LogLine(.info, "a", "b"))
        log.flush()
        let time = "1970-01-01T00:00:01.000001Z"
        #expect(
            pipe.take() == #"{"time":"\#(time)","level":"INFO","id":"a","message":"b"}"# + "\n"
        )
    }

    @Test("A reader that does not read loses nothing within the bound, and nobody waits for it")
    func slowReader() {
        let pipe = TestPipe()
        let log = OperatorLog(descriptor: pipe.writing, format: .text, level: .info)
        let lines = (0..<10_000).map { "line \($0)" }
        for line in lines {
            log.write(LogLine(.info, "a", line))
            log.flush()
        }
        var text = ""
        while case let piece = pipe.take(), !piece.isEmpty {
            text += piece
            log.flush()
        }
        #expect(text == lines.map { "INFO: [a] \($0)\n" }.joined())
    }

    @Test("Past the bound lines are dropped, counted, and the count is told where they are missing")
    func overflow() {
        let pipe = TestPipe()
        let log = OperatorLog(descriptor: pipe.writing, format: .text, level: .info)
        let text = String(repeating: "x", count: 1013)
        let lineBytes = text.utf8.count + "INFO: [a] \n".utf8.count
        let kept = OperatorLog.bufferLimit / lineBytes
        for _ in 0..<kept + 5 { log.write(LogLine(.info, "a", text)) }
        var output = ""
        log.flush()
        while case let piece = pipe.take(), !piece.isEmpty {
            output += piece
            if !output.contains("after") { log.write(LogLine(.info, "b", "after")) }
            log.flush()
        }
        let lines = output.split(separator: "\n")
        let notes = lines.indices.filter { lines[$0].hasPrefix("WARNING") }
        #expect(notes == [kept])
        #expect(lines[kept] == "WARNING: [gateway] 5 log lines dropped")
        #expect(lines[..<kept].allSatisfy { $0 == "INFO: [a] \(text)" })
        #expect(lines[(kept + 1)...].allSatisfy { $0 == "INFO: [b] after" })
        #expect(lines.count > kept + 1)
    }

    @Test("The last lines are told even when nothing is written after them")
    func overflowAtTheEnd() {
        let pipe = TestPipe()
        let log = OperatorLog(descriptor: pipe.writing, format: .text, level: .info)
        let text = String(repeating: "x", count: 1000)
        for _ in 0..<1200 { log.write(LogLine(.info, "a", text)) }
        var output = ""
        log.flush()
        while case let piece = pipe.take(), !piece.isEmpty {
            output += piece
            log.flush()
        }
        #expect(output.hasSuffix(" log lines dropped\n"))
    }

    @Test("A socket's reader is not waited for either")
    func socket() {
        var ends: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        let log = OperatorLog(descriptor: ends[0], format: .text, level: .info)
        for _ in 0..<1000 { log.write(LogLine(.info, "a", String(repeating: "x", count: 1000))) }
        log.flush()
        var first = [UInt8](repeating: 0, count: 9)
        #expect(recv(ends[1], &first, first.count, 0) == 9)
        #expect(String(decoding: first, as: UTF8.self) == "INFO: [a]")
    }

    @Test("A descriptor without a reader, and one that is closed, do no harm")
    func broken() {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        for descriptor in [ends[1], Int32.max] {
            let log = OperatorLog(descriptor: descriptor, format: .text, level: .info)
            log.write(LogLine(.info, "a", "b"))
            log.flush()
            log.drain(atMost: 60_000)
        }
    }

    @Test("Lines of many threads are whole")
    func threads() async {
        let pipe = TestPipe()
        let log = OperatorLog(descriptor: pipe.writing, format: .text, level: .info)
        let threads = 4
        let lines = 300
        await withTaskGroup { group in
            for thread in 0..<threads {
                group.addTask {
                    for line in 0..<lines {
                        log.write(LogLine(.info, "\(thread)", "\(line)"))
                        log.flush()
                    }
                }
            }
        }
        log.flush()
        let output = pipe.take().split(separator: "\n")
        #expect(output.count == threads * lines)
        for thread in 0..<threads {
            let own = output.filter { $0.hasPrefix("INFO: [\(thread)] ") }
            #expect(own == (0..<lines).map { "INFO: [\(thread)] \($0)" })
        }
    }
}
