/// The opening handshake (RFC 6455 §4): a request and a 101. No extension and no subprotocol is
/// ever agreed on.
public enum WebSocketHandshake {
    /// Checks a client's request (§4.2.1) and gives the 101 that accepts it (§4.2.2).
    public static func accept(
        _ request: HTTPRequestHead
    ) throws(WebSocketHandshakeViolation) -> HTTPResponseHead {
        guard request.method == "GET" else { throw .methodNotGet }
        guard request.version == .http11 else { throw .versionTooOld }
        guard isUpgrade(request) else { throw .notAnUpgrade }
        guard request.values(of: "Sec-WebSocket-Version") == ["13"] else {
            throw .unsupportedVersion
        }
        guard (try? request.bodyFraming()) == HTTPBodyFraming.none else { throw .requestHasBody }
        let keys = request.values(of: "Sec-WebSocket-Key")
        guard keys.count == 1, Base64.decode(keys[0])?.count == 16 else { throw .invalidKey }
        return HTTPResponseHead(
            status: 101,
            fields: [
                "Upgrade": "websocket",
                "Connection": "Upgrade",
                "Sec-WebSocket-Accept": acceptValue(for: keys[0]),
            ]
        )
    }

    /// Whether the head asks for, or agrees to, the change to WebSocket.
    public static func isUpgrade(_ head: some HTTPHead) -> Bool {
        head.hasToken("websocket", in: "Upgrade") && head.hasToken("upgrade", in: "Connection")
    }

    /// A client's request (§4.1). `host` is as the Host field has it; `nonce` must be 16 random
    /// bytes, new for each connection.
    public static func request(
        target: String,
        host: String,
        nonce: [UInt8],
        fields: HTTPFields = HTTPFields()
    ) -> HTTPRequestHead {
        var all: HTTPFields = [
            "Host": host,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": Base64.encode(nonce.span),
            "Sec-WebSocket-Version": "13",
        ]
        all.append(contentsOf: fields)
        return HTTPRequestHead(method: "GET", target: target, fields: all)
    }

    /// Checks the server's answer to a request with this nonce (§4.1, the rules after the request).
    public static func check(
        _ response: HTTPResponseHead,
        nonce: [UInt8]
    ) throws(WebSocketHandshakeViolation) {
        guard response.status == 101 else { throw .refused(status: response.status) }
        guard isUpgrade(response) else { throw .notAnUpgrade }
        let wanted = acceptValue(for: Base64.encode(nonce.span))
        guard response.values(of: "Sec-WebSocket-Accept") == [wanted] else { throw .wrongAccept }
        for name in ["Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"]
        where response.value(of: name) != nil {
            throw .notOffered
        }
    }

    /// What proves that the server has read the key (§1.3).
    static func acceptValue(for key: String) -> String {
        let proof = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        return Base64.encode(SHA1.digest(of: proof.span).span)
    }
}
