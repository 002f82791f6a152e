import Glibc
import Wire

/// A blocking client socket on 127.0.0.1 whose every wait is at most 5 s.
struct TestClient: ~Copyable {
    /// How reading came to its end.
    enum End: Equatable {
        case endOfInput
        case failed(Int32)
    }

    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failed(code: errno) }
    }

    struct Failed: Error {
        let code: Int32
    }

    deinit { close(descriptor) }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func post(_ content: String, fields: String = "") {
        let body = #"{"message":{"type":"user_message","content":"\#(content)"}}"#
        write(Self.request(body: body, fields: fields))
    }

    static func request(body: String, fields: String = "") -> String {
        "POST /agent/message/stream HTTP/1.1\r\nHost: a\r\n\(fields)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// What comes until the text has come, or until the end.
    func read(until text: String) -> String {
        var bytes: [UInt8] = []
        while !String(decoding: bytes, as: UTF8.self).contains(text) {
            guard receive(into: &bytes) == nil else { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What comes until the end, and what the end was.
    func readToEnd() -> (text: String, end: End) {
        var bytes: [UInt8] = []
        while true {
            if let end = receive(into: &bytes) {
                return (String(decoding: bytes, as: UTF8.self), end)
            }
        }
    }

    private func receive(into bytes: inout [UInt8]) -> End? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return count == 0 ? .endOfInput : .failed(errno) }
        bytes += buffer[..<count]
        return nil
    }
}
