import Glibc
import Wire

/// A connection of the gateway to a ``ManualAgent``, with the request it brought last.
final class ManualAgentConnection {
    private let descriptor: Int32
    private var input: [UInt8] = []
    private var isOpen = true
    /// The head of the request.
    private(set) var head: HTTPRequestHead?
    /// The body of the request.
    private(set) var body = ""

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Takes the next request when it is whole.
    func takeRequest() throws -> Bool {
        guard isOpen else { return false }
        receive()
        let input = input
        var parser = HTTPHeadParser()
        guard let (head, count) = try parser.parseRequest(input.span) else { return false }
        let length = head.value(of: "Content-Length").flatMap { Int($0) } ?? 0
        guard input.count >= count + length else { return false }
        body = String(decoding: input[count..<count + length], as: UTF8.self)
        self.input.removeFirst(count + length)
        self.head = head
        return true
    }

    /// Whether bytes have come that no request was made of.
    func hasBytes() throws -> Bool {
        receive()
        return !input.isEmpty
    }

    /// Begins an event stream.
    func begin() {
        send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
    }

    /// Sends a part of the body as one HTTP chunk.
    func stream(_ text: String) {
        send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
    }

    /// Sends an event with this data.
    func event(_ data: String) { stream("data: \(data)\n\n") }

    /// Ends the event stream; the connection stays.
    func end() { send("0\r\n\r\n") }

    /// A whole answer of events with these data.
    func answer(_ data: String...) {
        begin()
        for data in data { event(data) }
        end()
    }

    /// Sends bytes as they are.
    func send(_ text: String) { send(bytes: Array(text.utf8)) }

    /// Sends bytes as they are. The gateway may have closed the connection: then they are lost.
    func send(bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                return Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Breaks off: the gateway sees the end of the connection.
    func cut() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        isOpen = false
    }

    /// Waits until the gateway has closed the connection.
    func waitForEnd() throws {
        _ = try wait(for: "the gateway to close its request") {
            receive()
            return isOpen ? nil : true
        }
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while isOpen {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                input += buffer[..<count]
            } else if count == 0 || errno != EAGAIN {
                isOpen = false
            } else {
                return
            }
        }
    }
}
