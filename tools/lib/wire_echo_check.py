"""The checks of tools/wire-echo-check. Every wait is bounded."""

import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import traceback

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tally import Tally

TIMEOUT = 20
MAX_MESSAGE = 16 << 20
MASK = b"\x12\x34\x56\x78"

TEXT, BINARY, CONTINUATION, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10


class Server:
    """wire-echo on a port of its own."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "0"], stdout=subprocess.PIPE, text=True)
        if not select.select([self.process.stdout], [], [], TIMEOUT)[0]:
            raise RuntimeError("wire-echo does not say where it listens")
        line = self.process.stdout.readline()
        if "listening on" not in line:
            raise RuntimeError(f"unexpected first line: {line!r}")
        self.port = int(line.rsplit(":", 1)[1])

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


class Raw:
    """A connection whose frames are written by hand."""

    def __init__(self, server):
        self.socket = socket.create_connection(("127.0.0.1", server.port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")
        self.socket.sendall(
            b"GET /raw HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert self.file.readline().startswith(b"HTTP/1.1 101 ")
        while self.file.readline() != b"\r\n":
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def receive(self):
        """Opcode and payload of the next frame; None at the end of input."""
        head = self.file.read(2)
        if not head:
            return None
        assert head[1] < 0x80, "a server's frame is masked"
        length = head[1]
        if length == 126:
            (length,) = struct.unpack(">H", self.file.read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self.file.read(8))
        return head[0] & 15, self.file.read(length)

    def expect_close(self, code):
        """The next frame is a close with the code, and then the connection ends."""
        frame = self.receive()
        assert frame is not None, "the connection ended without a close frame"
        opcode, payload = frame
        assert opcode == CLOSE, f"opcode {opcode} instead of a close"
        seen = struct.unpack(">H", payload[:2])[0] if payload else None
        assert seen == code, f"close {seen} ({payload[2:]!r}) instead of {code}"
        payload[2:].decode()
        assert self.receive() is None, "more came after the close frame"


def frame(opcode, payload=b"", fin=True, masked=True, rsv=0, length=None):
    """A frame as a client writes it, with whatever is wrong on request."""
    size = len(payload) if length is None else length
    head = bytes([fin << 7 | rsv << 4 | opcode])
    bit = masked << 7
    if size < 126:
        head += bytes([bit | size])
    elif size < 1 << 16:
        head += struct.pack(">BH", bit | 126, size)
    else:
        head += struct.pack(">BQ", bit | 127, size)
    if not masked:
        return head + payload
    key = (MASK * (len(payload) // 4 + 1))[: len(payload)]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
    return head + MASK + mixed.to_bytes(len(payload), "big")


def close_payload(code, reason=b""):
    return struct.pack(">H", code) + reason


def client(server, **options):
    options = {"max_size": None, "open_timeout": TIMEOUT, "close_timeout": TIMEOUT} | options
    return connect(f"ws://127.0.0.1:{server.port}/any?path", compression=None, **options)


def echo(connection, message):
    connection.send(message)
    answer = connection.recv(TIMEOUT)
    assert answer == message, f"{type(answer).__name__} of {len(answer)} is not what was sent"


# --- the checks: functions of a server, and tables of them -------------------------------------


def messages_of_many_sizes(server):
    with client(server) as connection:
        for size in (0, 1, 2, 124, 125, 126, 127, 128, 65535, 65536, 65537, 1 << 20):
            echo(connection, os.urandom(size))
            echo(connection, "я" * (size // 2) + "x" * (size % 2))


def longest_binary(server):
    with client(server) as connection:
        echo(connection, os.urandom(MAX_MESSAGE))


def longest_text(server):
    with client(server) as connection:
        echo(connection, "пр🆔x" * (MAX_MESSAGE // 9))


def fragments(server):
    with client(server) as connection:
        for pieces in (["a", "", "б", "🆔"], [b"", b"x" * 70000, b""], ["x"] * 5000):
            connection.send(iter(pieces))
            assert connection.recv(TIMEOUT) == type(pieces[0])().join(pieces)


def characters_cut_by_fragments(server):
    text = "aé€🆔".encode()
    for cut in range(len(text) + 1):
        with Raw(server) as raw:
            raw.send(frame(TEXT, text[:cut], fin=False) + frame(CONTINUATION, text[cut:]))
            assert raw.receive() == (TEXT, text)


def pings_between_fragments(server):
    with Raw(server) as raw:
        raw.send(frame(TEXT, b"one ", fin=False) + frame(PING, b"p1"))
        assert raw.receive() == (PONG, b"p1")
        raw.send(frame(CONTINUATION, b"two ", fin=False) + frame(PING) + frame(PONG, b"ignored"))
        assert raw.receive() == (PONG, b"")
        raw.send(frame(PING, b"x" * 125) + frame(CONTINUATION, b"three"))
        assert raw.receive() == (PONG, b"x" * 125)
        assert raw.receive() == (TEXT, b"one two three")


def pings_of_the_client(server):
    with client(server) as connection:
        for payload in (b"", b"x", b"y" * 125):
            assert connection.ping(payload).wait(TIMEOUT), "no pong"


def byte_by_byte(server):
    data = frame(TEXT, "привет".encode()) + frame(BINARY, os.urandom(300)) + frame(PING, b"p")
    with Raw(server) as raw:
        for index in range(len(data)):
            raw.send(data[index : index + 1])
        assert [raw.receive()[0] for _ in range(3)] == [TEXT, BINARY, PONG]
        raw.send(frame(CLOSE, close_payload(1000)))
        raw.expect_close(1000)


def every_split(server):
    data = frame(TEXT, "a€".encode(), fin=False) + frame(PING, b"p") + frame(CONTINUATION, b"b")
    with Raw(server) as raw:
        for cut in range(1, len(data)):
            raw.send(data[:cut])
            raw.send(data[cut:])
            assert raw.receive() == (PONG, b"p")
            assert raw.receive() == (TEXT, "a€b".encode())


def invalid_text_at_every_place(server):
    for size in (1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64):
        for place in range(size):
            text = bytearray(b"x" * size)
            text[place] = 0xFF
            with Raw(server) as raw:
                raw.send(frame(TEXT, bytes(text)))
                raw.expect_close(1007)


def invalid_text_is_refused_as_it_comes(server):
    # The message is not over, nor is the frame: RFC 6455 §8.1 lets the server close at once.
    with Raw(server) as raw:
        raw.send(frame(TEXT, b"ok\xc0", length=1000))
        raw.expect_close(1007)


def random_bytes_never_hang(server):
    chance = random.Random(20240601)
    for _ in range(150):
        with Raw(server) as raw:
            raw.send(chance.randbytes(chance.randrange(1, 200)))
            raw.socket.shutdown(socket.SHUT_WR)
            while raw.receive() is not None:
                pass


def closes_are_echoed(server):
    for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999):
        with Raw(server) as raw:
            raw.send(frame(CLOSE, close_payload(code, "пока".encode())))
            raw.expect_close(code)
    with Raw(server) as raw:
        raw.send(frame(CLOSE))
        raw.expect_close(None)
    with client(server) as connection:
        connection.close(3001, "done")
        assert connection.protocol.close_rcvd.code == 3001


def frames_after_a_close_are_ignored(server):
    with Raw(server) as raw:
        raw.send(frame(CLOSE, close_payload(1000)) + frame(TEXT, b"late") + frame(PING))
        raw.expect_close(1000)


def connections_that_break_off(server):
    for data in (b"", frame(TEXT, b"half")[:4], frame(BINARY, b"x" * 10, length=1 << 20)):
        with Raw(server) as raw:
            raw.send(data)
            linger = struct.pack("ii", 1, 0)
            raw.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    with client(server) as connection:
        echo(connection, "still here")


def many_connections(server):
    connections = [Raw(server) for _ in range(400)]
    try:
        for index, raw in enumerate(connections):
            raw.send(frame(TEXT, b"%d" % index))
        for index, raw in enumerate(connections):
            assert raw.receive() == (TEXT, b"%d" % index)
    finally:
        for raw in connections:
            raw.__exit__()


def clients_at_once(server):
    failures = []

    def talk(seed):
        chance = random.Random(seed)
        try:
            with client(server) as connection:
                for _ in range(30):
                    echo(connection, chance.randbytes(chance.randrange(100_000)))
        except Exception as error:  # told by the thread that started this one
            failures.append(repr(error))

    threads = [threading.Thread(target=talk, args=[seed], daemon=True) for seed in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
        assert not thread.is_alive(), "a client hangs"
    assert not failures, failures[0]


def a_slow_reader_is_not_read(server):
    """Sends without reading until the server takes no more; its memory must stay bounded."""
    piece = frame(BINARY, bytes(1 << 20))
    before, sent, limit = server.memory(), 0, 256 << 20
    with Raw(server) as raw:
        raw.socket.setblocking(False)
        while sent < limit and select.select([], [raw.socket], [], 2)[1]:
            start = sent % len(piece)
            sent += raw.socket.send(piece[start:])
        assert sent < limit, "the server reads on and on"
        grown = server.memory() - before
        assert grown < 64 << 20, f"the server holds {grown >> 20} MiB more"
        # What was taken whole comes back whole once it is read.
        raw.socket.setblocking(True)
        raw.socket.settimeout(TIMEOUT)
        for _ in range(sent // len(piece)):
            assert raw.receive() == (BINARY, bytes(1 << 20))


def refused_handshakes(server):
    good = {
        "Host": "h",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    cases = [
        ("GET", "Upgrade", None, 426),
        ("GET", "Connection", "keep-alive", 426),
        ("GET", "Sec-WebSocket-Version", "8", 426),
        ("GET", "Sec-WebSocket-Key", "short", 400),
        ("GET", "Host", None, 400),
        ("POST", "Host", "h", 405),
    ]
    for method, name, value, status in cases:
        fields = "".join(
            f"{key}: {text}\r\n" for key, text in (good | {name: value}).items() if text is not None
        )
        with socket.create_connection(("127.0.0.1", server.port), TIMEOUT) as connection:
            connection.sendall(f"{method} / HTTP/1.1\r\n{fields}\r\n".encode())
            line = connection.makefile("rb").readline().decode()
            assert line.startswith(f"HTTP/1.1 {status} "), f"{name}={value}: {line!r}"


def client_sees_the_limit(server):
    with client(server) as connection:
        try:
            connection.send(bytes(MAX_MESSAGE + 1))
            connection.recv(TIMEOUT)
        except ConnectionClosed as closed:
            assert closed.rcvd is not None and closed.rcvd.code == 1009, str(closed)
        else:
            raise AssertionError("the message was taken")


# Each is sent behind a good message, and must be closed with the code.
VIOLATIONS = [
    ("unmasked text", frame(TEXT, b"x", masked=False), 1002),
    ("unmasked empty frame", frame(BINARY, masked=False), 1002),
    ("unmasked ping", frame(PING, masked=False), 1002),
    ("unmasked close", frame(CLOSE, close_payload(1000), masked=False), 1002),
    *((f"reserved bits {rsv}", frame(TEXT, b"x", rsv=rsv), 1002) for rsv in range(1, 8)),
    *((f"reserved bits {rsv} on a ping", frame(PING, rsv=rsv), 1002) for rsv in (1, 4)),
    *((f"opcode {op}", frame(op), 1002) for op in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    *((f"fragmented control {op}", frame(op, fin=False), 1002) for op in (CLOSE, PING, PONG)),
    *((f"control {op} of 126 bytes", frame(op, b"x" * 126), 1002) for op in (CLOSE, PING, PONG)),
    ("continuation alone", frame(CONTINUATION, b"x"), 1002),
    ("fragment of nothing", frame(CONTINUATION, b"x", fin=False), 1002),
    ("text inside a text", frame(TEXT, b"a", fin=False) + frame(TEXT, b"b"), 1002),
    ("binary inside a text", frame(TEXT, b"a", fin=False) + frame(BINARY, b"b"), 1002),
    ("125 written in 16 bits", b"\x82\xfe\x00\x7d" + MASK + bytes(125), 1002),
    ("1 written in 64 bits", b"\x82\xff" + struct.pack(">Q", 1) + MASK + b"x", 1002),
    ("65535 written in 64 bits", b"\x82\xff" + struct.pack(">Q", 65535) + MASK, 1002),
    ("length with its top bit", b"\x82\xff" + struct.pack(">Q", 1 << 63) + MASK, 1002),
    ("close of one byte", frame(CLOSE, b"\x03"), 1002),
    ("close with bad reason", frame(CLOSE, close_payload(1000, b"\xff")), 1007),
    ("close with cut reason", frame(CLOSE, close_payload(1000, b"\xe2\x82")), 1007),
    *(
        (f"close {code}", frame(CLOSE, close_payload(code)), 1002)
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
    ),
    ("a byte too many", frame(BINARY, length=MAX_MESSAGE + 1), 1009),
    ("the greatest length", frame(BINARY, length=(1 << 63) - 1), 1009),
    (
        "too much in fragments",
        frame(BINARY, b"x", fin=False) + frame(CONTINUATION, length=MAX_MESSAGE),
        1009,
    ),
    (
        "empty fragments without end",
        frame(TEXT, fin=False) + frame(CONTINUATION, fin=False) * 70_000,
        1008,
    ),
]

# Text that is not UTF-8, most of it from the tables of RFC 3629 and of Kuhn's stress test.
NOT_TEXT = [
    bytes.fromhex(text)
    for text in """
        80, bf, fe, ff, c0 80, c1 bf, c3, c3 28, e0 80 80, e0 9f bf, e2 82, e2 28 a1, ed a0 80,
        ed bf bf, ed a0 bd ed b6 80, ef bf, f0 80 80 80, f0 8f bf bf, f0 9f 86, f4 90 80 80,
        f5 80 80 80, f8 88 80 80 80
    """.split(",")
]


def violation(data, code):
    def check(server):
        with Raw(server) as raw:
            raw.send(frame(BINARY, b"good"))
            assert raw.receive() == (BINARY, b"good")
            raw.send(data)
            raw.expect_close(code)

    return check


def not_text(sequence):
    def check(server):
        for before in (b"", b"x", b"1234567", b"12345678", "привет 🆔".encode(), b"x" * 70_000):
            for data in (
                frame(TEXT, before + sequence),
                frame(TEXT, before, fin=False) + frame(CONTINUATION, sequence),
                frame(TEXT, before + sequence[:1], fin=False) + frame(CONTINUATION, sequence[1:]),
            ):
                with Raw(server) as raw:
                    raw.send(data)
                    raw.expect_close(1007)

    return check


CHECKS = [
    messages_of_many_sizes,
    longest_binary,
    longest_text,
    fragments,
    characters_cut_by_fragments,
    pings_between_fragments,
    pings_of_the_client,
    byte_by_byte,
    every_split,
    invalid_text_at_every_place,
    invalid_text_is_refused_as_it_comes,
    random_bytes_never_hang,
    closes_are_echoed,
    frames_after_a_close_are_ignored,
    connections_that_break_off,
    many_connections,
    clients_at_once,
    a_slow_reader_is_not_read,
    refused_handshakes,
    client_sees_the_limit,
]


def all_checks():
    for check in CHECKS:
        yield check.__name__.replace("_", " "), check
    for name, data, code in VIOLATIONS:
        yield name, violation(data, code)
    for sequence in NOT_TEXT:
        yield f"text with {sequence.hex(' ')}", not_text(sequence)


def main(program):
    server = Server(program)
    tally = Tally()
    for name, check in all_checks():
        try:
            assert server.process.poll() is None, "wire-echo has ended"
            check(server)
            tally.check(True, name)
        except Exception as error:  # whatever a check meets is its failure
            where = traceback.extract_tb(error.__traceback__)[-1]
            tally.check(False, f"{name}: {error!r} (line {where.lineno})")
    status = server.stop()
    tally.check(status == 0, f"SIGTERM ends wire-echo with status {status}, not 0")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
