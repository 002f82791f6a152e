import Foundation
import Glibc
import Testing
import Wire

/// A server that answers each request with a head and then with the same bytes, without end, for as long
/// as anybody takes them.
final class FloodingServer: Sendable {
    /// `127.0.0.1:41234`.
    let address: String

    /// `flood`: nothing, and the connection ends behind the head.
    init(
        flood: [UInt8] = [],
        _ head: @escaping @Sendable (HTTPRequestHead) -> [UInt8]
    ) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listener >= 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutableBytes(of: &name) { bytes in
            let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return bind(listener, address, length) == 0 && listen(listener, 8) == 0
                && getsockname(listener, address, &length) == 0
        }
        try #require(isListening)
        address = "127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
        // Waits for others until the tests end.
        Thread.detachNewThread {
            while case let client = accept(listener, nil, nil), client >= 0 {
                Thread.detachNewThread { Self.serve(client, flood, head) }
            }
        }
    }

    /// A gateway that accepts every WebSocket.
    static func gateway(flood: [UInt8]) throws -> FloodingServer {
        try FloodingServer(flood: flood) { request in
            var bytes: [UInt8] = []
            try? HTTPHeadWriter.append(WebSocketHandshake.accept(request), to: &bytes)
            return bytes
        }
    }

    private static func serve(
        _ client: Int32,
        _ flood: [UInt8],
        _ head: (HTTPRequestHead) -> [UInt8]
    ) {
        defer { close(client) }
        var input: [UInt8] = []
        var parser = HTTPHeadParser()
        while true {
            if let (request, _) = try? parser.parseRequest(input.span) {
                var isTaken = send(head(request), to: client)
                while isTaken, !flood.isEmpty { isTaken = send(flood, to: client) }
                return
            }
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = recv(client, &bytes, bytes.count, 0)
            guard count > 0 else { return }
            input += bytes.prefix(count)
        }
    }

    /// False: nobody takes it any more.
    private static func send(_ bytes: [UInt8], to client: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                Glibc.send(client, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
