"""An Agent Runtime for tools/limits-check: a message's content says how much it is to answer."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = b'data: {"type":"assistant_message","token":"%s","is_final":%s}\n\n'
EVENT = TOKEN % (b"x" * 50, b"false")
EVENTS_A_WRITE = 500


class LimitsAgent:
    """Serves on a free port of 127.0.0.1. `block N` is answered with one event of N bytes, `stream N`
    with N short events and a last one, anything else with its own length."""

    def __init__(self):
        self._sent = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Exchange)
        self._server.agent = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def sent(self, content):
        """Bytes that the gateway has taken of the answers to messages of that content."""
        with self._lock:
            return self._sent.get(content, 0)

    def count(self, content, size):
        with self._lock:
            self._sent[content] = self._sent.get(content, 0) + size

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def handle_error(self, *_):
        pass  # The gateway gave the answer up.


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        content = json.loads(body)["message"]["content"]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.content = content[:40]
        command, _, number = self.content.partition(" ")
        if command == "block":
            room = int(number) - len(TOKEN % (b"", b"true"))
            self._write(TOKEN % (b"x" * room, b"true"))
        elif command == "stream":
            for _ in range(int(number) // EVENTS_A_WRITE):
                self._write(EVENT * EVENTS_A_WRITE)
            self._write(TOKEN % (b"end", b"true"))
        else:
            self._write(TOKEN % (b"%d" % len(content), b"true"))
        self.wfile.write(b"0\r\n\r\n")

    def _write(self, events):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(events), events))
        self.server.agent.count(self.content, len(events))

    def log_message(self, *_):
        pass
