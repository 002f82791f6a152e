"""A WebSocket client of the standard library alone, for checks that look at bytes."""

import base64
import os
import socket
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
TIMEOUT = 20


def masked(payload, mask):
    """As one large number, for a loop over 16 MiB takes seconds."""
    count = len(payload)
    key = int.from_bytes((mask * (count // 4 + 1))[:count], "big")
    return (int.from_bytes(payload, "big") ^ key).to_bytes(count, "big")


class WebSocket:
    """A connection to 127.0.0.1. Every wait is bounded; one that broke is a ConnectionError."""

    def __init__(self, port, target, request_id="", timeout=TIMEOUT, receive_bytes=None, segment_bytes=None):
        self.socket = socket.socket()
        self.socket.settimeout(timeout)
        if receive_bytes is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        if segment_bytes is not None:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment_bytes)
        self.socket.connect(("127.0.0.1", port))
        self.file = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Version: 13\r\nX-Request-Id: {request_id}\r\n\r\n".encode()
        )
        status = self.file.readline()
        if not status.startswith(b"HTTP/1.1 101 "):
            raise ConnectionError(f"no WebSocket: {status!r}")
        while self.file.readline() not in (b"\r\n", b""):
            pass

    def send(self, payload, opcode=TEXT):
        """One unfragmented frame, masked (RFC 6455 §5.3)."""
        mask = os.urandom(4)
        head = bytes([0x80 | opcode])
        if len(payload) < 126:
            head += bytes([0x80 | len(payload)])
        elif len(payload) < 1 << 16:
            head += struct.pack("!BH", 0x80 | 126, len(payload))
        else:
            head += struct.pack("!BQ", 0x80 | 127, len(payload))
        self.socket.sendall(head + mask + masked(payload, mask))

    def receive(self):
        """Opcode and payload of the next whole frame; None at the end of input."""
        head = self._read(2)
        length = head[1] if head else 0
        if head and length == 126:
            length = int.from_bytes(self._read(2) or b"", "big")
        elif head and length == 127:
            length = int.from_bytes(self._read(8) or b"", "big")
        payload = self._read(length) if head else None
        return None if payload is None else (head[0] & 0x0F, payload)

    def close(self):
        """A close frame, and the other's in return; then the end."""
        self.send(struct.pack("!H", 1000), CLOSE)
        while frame := self.receive():
            if frame[0] == CLOSE:
                break
        self.abandon()

    def abandon(self):
        self.file.close()
        self.socket.close()

    def _read(self, count):
        data = self.file.read(count)
        return data if len(data) == count else None
