"""An Agent Runtime that keeps every body posted to it, for checks that compare it with the log."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STREAM = "/agent/message/stream"


class RecordingAgent:
    """Serves on a free port of 127.0.0.1. A message's content says how it is answered: `fail` with
    status 500, `cut` with a broken stream, anything else with a token for each of its words. As the
    real runtime does, it announces the session in every answer and writes keys that are null."""

    def __init__(self):
        self.posts = []
        self._lock = threading.Condition()
        self._sessions = 0
        self._connections = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Exchange)
        self._server.daemon_threads = True
        self._server.agent = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def wait_until_idle(self, seconds=20):
        """Until no gateway is connected any more; whether that came in time."""
        with self._lock:
            return self._lock.wait_for(lambda: self._connections == 0, seconds)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def connected(self, change):
        with self._lock:
            self._connections += change
            self._lock.notify_all()

    def take(self, body):
        """Keeps a body; the id of its session and the content of its message."""
        with self._lock:
            self.posts.append(body)
            post = json.loads(body)
            if "session_id" not in post:
                self._sessions += 1
                post["session_id"] = f"session-{self._sessions}"
        return post["session_id"], post["message"].get("content", "")


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def handle(self):
        self.server.agent.connected(+1)
        try:
            super().handle()
        except ConnectionError:
            pass  # The gateway was killed.
        finally:
            self.server.agent.connected(-1)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length or self.path != STREAM:
            self.close_connection = True
            return
        session, content = self.server.agent.take(body)
        if content.startswith("fail"):
            self._refuse()
        else:
            self._answer(session, content)

    def _refuse(self):
        body = b'{"detail":"asked for"}'
        self.send_response(500)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, session, content):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._block({"type": "session_info", "session_id": session, "token": None})
        words = content.split(" ")
        for index, word in enumerate(words):
            if content.startswith("cut") and index == len(words) // 2:
                self.close_connection = True
                return
            time.sleep(0.002)
            final = index == len(words) - 1
            self._block({"type": "assistant_message", "token": word, "is_final": final})
        self.wfile.write(b"0\r\n\r\n")

    def _block(self, members):
        """Number forms, escapes and nested nulls must arrive as they are, null members not."""
        text = json.dumps(members)[:-1] + ', "cost":1.50, "path":"a\\/b", "usage":{"n":null}'
        block = f'data: {text}, "call_id":null}}\n\n'.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(block), block))

    def log_message(self, *_):
        pass
