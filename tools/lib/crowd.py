"""Very many WebSocket clients in one process, which do nothing but be there."""

import select
import socket
import time

IP_BIND_ADDRESS_NO_PORT = 24
# Linux gives out half of the ports quickly (connect() prefers one parity) and searches long for the others.
PER_ADDRESS = 10_000
OPENING_AT_ONCE = 200
REQUEST = (
    b"GET /api/v1/ws/new_%d HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n"
)


class Crowd:
    """Connections to a port of 127.0.0.1, from as many addresses of the loopback network as it takes.
    `members` are the sockets of those that have their WebSocket, `refused` of those that got another answer
    and hold their connection all the same."""

    def __init__(self, port):
        self._port = port
        self._begun = 0
        self.members = []
        self.refused = []

    def grow(self, count, seconds=60):
        """Opens so many more; how often each answer came, by its status, 0 for the end without one."""
        answers = {}
        poll = select.epoll()
        opening = {}
        left = count
        end = time.monotonic() + seconds
        while left or opening:
            while left and len(opening) < OPENING_AT_ONCE:
                client = self._begin()
                opening[client.fileno()] = client
                poll.register(client, select.EPOLLIN)
                left -= 1
            for descriptor, _ in poll.poll(1):
                client = opening.pop(descriptor)
                poll.unregister(descriptor)
                status = self._finish(client)
                answers[status] = answers.get(status, 0) + 1
            if time.monotonic() > end:
                raise TimeoutError(f"{len(opening)} of {count} connections have no answer")
        poll.close()
        return answers

    def shrink(self, count):
        """Lets the last ones go."""
        for client in self.members[-count:]:
            client.close()
        del self.members[-count:]

    def close(self):
        for client in self.members + self.refused:
            client.close()
        self.members, self.refused = [], []

    def _begin(self):
        client = socket.socket()
        client.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        client.bind((f"127.0.0.{2 + self._begun // PER_ADDRESS}", 0))
        client.connect(("127.0.0.1", self._port))
        client.sendall(REQUEST % self._begun)
        self._begun += 1
        return client

    def _finish(self, client):
        try:
            answer = client.recv(4096)
        except ConnectionError:
            answer = b""
        status = int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0
        (self.members if status == 101 else self.refused).append(client)
        return status
