import Glibc
import Testing
import Wire

/// An agent that takes one connection and does what the test says, when it says so.
final class OneCallAgent {
    let url: String
    private let listener: Int32
    private var connection: Int32 = -1

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let outcome = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) | listen(listener, 1)
                    | getsockname(listener, address, &length)
            }
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        try #require(outcome == 0)
    }

    deinit {
        close(listener)
        if connection >= 0 { close(connection) }
    }

    /// Waits until a request's head is there, at most ten seconds, and gives the request line.
    func receive() throws -> String {
        try waitFor(listener)
        connection = accept(listener, nil, nil)
        var text = ""
        while !text.contains("\r\n\r\n") {
            try waitFor(connection)
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &buffer, buffer.count, 0)
            try #require(count > 0)
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return String(text.prefix { $0 != "\r\n" })
    }

    func send(_ text: String) {
        _ = text.withCString { Glibc.send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    }

    private func waitFor(_ descriptor: Int32) throws {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        try #require(poll(&entry, 1, 10_000) == 1)
    }
}
