"""The rounds of tools/kill-test: load, SIGKILL, and what the log then says; all waits bounded."""

import collections
import json
import os
import random
import sys
import tempfile
import threading
import time

import command_line
import gateway_process as gateway
from recording_agent import RecordingAgent
from websocket_client import TEXT, WebSocket

UNKNOWN_TYPE = b'{"type":"no_such_message"}'


class Client(threading.Thread):
    """An IDE that talks until its connection ends, and keeps every frame that it is sent."""

    def __init__(self, port, name, random_source):
        super().__init__(daemon=True)
        self.port = port
        self.name = name
        self.random = random_source
        self.frames = {}  # by the request id of the connection's handshake
        self.fault = None

    def run(self):
        path_id = f"new_{self.name}"
        try:
            while True:
                path_id = self._converse(path_id)
        except TimeoutError:
            self.fault = f"{self.name}: no answer within {gateway.WAIT} s"
        except OSError:
            pass  # The gateway was killed.

    def _converse(self, path_id):
        """A few turns, then a proper close; the id to come back with."""
        request_id = f"{self.name}.{len(self.frames)}"
        socket = WebSocket(self.port, f"/api/v1/ws/{path_id}", request_id)
        frames = self.frames[request_id] = []
        for _ in range(self.random.randint(2, 6)):
            count = self.random.choice([1, 1, 2, 3])
            for _ in range(count):
                socket.send(self._message())
            while count:
                opcode, payload = socket.receive() or (None, None)
                if opcode is None:
                    raise ConnectionError
                if opcode != TEXT:
                    continue
                frames.append(payload)
                frame = json.loads(payload)
                path_id = frame.get("session_id", path_id)
                if self.random.random() < 0.02:  # It leaves in the middle of the answer.
                    socket.close()
                    return path_id
                count -= frame["type"] == "error" or frame.get("is_final", False)
        socket.close()
        return path_id

    def _message(self):
        kind = self.random.choice(["say"] * 7 + ["fail", "cut", "refused"])
        if kind == "refused":
            return UNKNOWN_TYPE
        words = [kind, f"{self.name}-{self.random.getrandbits(64):x}"]
        words += ["слово" * self.random.randint(1, 40)] * self.random.randint(0, 8)
        message = {"type": "user_message", "role": "user", "content": " ".join(words)}
        return json.dumps(message, ensure_ascii=self.random.random() < 0.5).encode()


class Record:
    """What the log says, read up to a position."""

    def __init__(self, folder):
        self.folder = folder
        self.position = 0
        self.posts = collections.Counter()
        self.connections = {}  # number: events as (kind, detail, body)
        self.request_ids = {}  # request id: number
        self.open = set()
        self.unanswered = set()

    def read_on(self):
        """Takes the rows that are new; what is wrong with them."""
        faults = []
        for position, connection, _, kind, detail, body in gateway.rows(
            self.folder, self.position
        ):
            if position != self.position + 1:
                faults.append(f"position {position} comes after {self.position}")
            self.position = position
            self.connections.setdefault(connection, []).append((kind, detail, body))
            if kind == gateway.CONNECTION_OPENED:
                self.request_ids[json.loads(body)["headers"]["x-request-id"]] = connection
                self.open.add(connection)
            elif kind == gateway.CONNECTION_CLOSED:
                self.open.discard(connection)
            elif kind == gateway.REQUEST_SENT:
                self.posts[body] += 1
                self.unanswered.add(connection)
            elif kind in (gateway.STREAM_ENDED, gateway.REQUEST_FAILED):
                self.unanswered.discard(connection)
        return faults

    def frames(self, request_id):
        """The frames that follow from a connection's events, in order, nulls not yet removed; nil
        when the log does not know the connection."""
        if request_id not in self.request_ids:
            return None
        frames, identity, status = [], None, None
        for kind, detail, body in self.connections[self.request_ids[request_id]]:
            if kind == gateway.CONNECTION_OPENED:
                identity = json.loads(body)["id"]
            elif kind == gateway.RESPONSE_STARTED:
                status = detail
            elif kind == gateway.FRAME_REJECTED and detail == 0:
                frames.append(body.decode())
            elif kind == gateway.REQUEST_FAILED:
                content = f"Streaming error: {body.decode()}"
                if detail == gateway.FAILED_BY_STATUS:
                    content = f"Agent error: {status}"
                frames.append(json.dumps({"type": "error", "content": content}))
            elif kind == gateway.CHUNK_RECEIVED:
                text = body.decode().removeprefix("data: ").removesuffix("\n\n")
                chunk = json.loads(text)
                if chunk["type"] == "session_info":
                    if chunk["session_id"] == identity:
                        continue
                    identity = chunk["session_id"]
                frames.append(text)
        return frames


def members(text):
    """Members of a JSON object in their order, numbers as they are written."""

    def number(digits):
        return ("number", digits)

    return json.loads(text, object_pairs_hook=tuple, parse_int=number, parse_float=number)


def is_forwarded(frame, text):
    """Whether a frame is the text, without its top-level members whose value is null."""
    return members(frame) == tuple(member for member in members(text) if member[1] is not None)


class KillTest:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.random = random.Random(options.seed)
        self.agent = RecordingAgent()
        self.record = Record(folder)
        self.posts = collections.Counter()
        self.posts_read = 0
        self.frames = 0
        self.faults = []

    def run(self):
        for number in range(1, self.options.rounds + 1):
            self._round(number)
        running = self._start()
        if running.stop() != 0:
            self.faults.append("the gateway does not end with status 0 after SIGTERM")
        self.faults += self.record.read_on()
        self.agent.stop()

    def _start(self):
        """A gateway that has recovered the log, which is looked at."""
        running = gateway.Gateway(
            self.options.programs,
            GATEWAY__LOG_DIR=self.folder,
            GATEWAY__AGENT_URL=self.agent.url,
            # Small enough that kills meet segments being begun and sealed; every other start commits
            # on the loop's own thread.
            GATEWAY__LOG_SEGMENT_BYTES=str(1 << 20),
            GATEWAY__LOG_SYNC=self.random.choice(("full", "normal")),
        )
        status, body = running.health()
        if status != 200:
            self.faults.append(f"/health says {status} after recovery: {body}")
        self.faults += self.record.read_on()
        for left, what in ((self.record.open, "open"), (self.record.unanswered, "unanswered")):
            if left:
                self.faults.append(f"recovery leaves connections {what}: {sorted(left)}")
                left.clear()
        return running

    def _round(self, number):
        before = len(self.faults)
        running = self._start()
        clients = [
            Client(running.port, f"{number}_{index}", random.Random(self.random.random()))
            for index in range(self.options.clients)
        ]
        delay = self.random.uniform(0.05, 0.5)
        for client in clients:
            client.start()
        time.sleep(delay)
        running.kill()
        for client in clients:
            client.join(2 * gateway.WAIT)
            if client.is_alive() or client.fault:
                self.faults.append(client.fault or f"{client.name} does not end")
        if not self.agent.wait_until_idle():
            self.faults.append("the agent is still connected to a killed gateway")
        self.faults += self.record.read_on()
        posts = self._check_posts()
        frames = sum(self._check_frames(client) for client in clients)
        self.frames += frames
        print(
            f"round {number:2}: killed after {delay * 1000:3.0f} ms; {posts} posts and {frames} "
            f"frames seen, {len(self.record.open)} connections open, "
            f"missing {len(self.faults) - before}",
            flush=True,
        )

    def _check_posts(self):
        """What the agent saw is in the log; how many posts are new."""
        new = self.agent.posts[self.posts_read :]
        self.posts_read += len(new)
        self.posts.update(new)
        for body in set(new):
            if self.posts[body] > self.record.posts[body]:
                self.faults.append(f"the agent saw a post that is not in the log: {body[:200]!r}")
        return len(new)

    def _check_frames(self, client):
        """What an IDE saw is what follows from the log, from the beginning; how many frames."""
        count = 0
        for request_id, seen in client.frames.items():
            expected = self.record.frames(request_id)
            if expected is None:
                self.faults.append(f"an IDE was let in that is not in the log: {request_id}")
                continue
            count += len(seen)
            for index, frame in enumerate(seen):
                text = frame.decode()
                if index >= len(expected) or not is_forwarded(text, expected[index]):
                    self.faults.append(f"{request_id}: frame {index} is not in the log: {text[:200]}")
                    break
        return count


def main():
    parser = command_line.parser("kill-test")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kill-test-", dir=options.logs)
    test = KillTest(options, os.path.join(folder, "log"))
    test.run()
    verdict, is_clean = gateway.verify(options.programs, test.folder)
    print(f"replay verify: {verdict}")
    if not is_clean:
        test.faults.append("replay verify has findings")
    if not test.posts_read or not test.frames:
        test.faults.append("there was no load")
    for fault in test.faults[:50]:
        print(f"✗ {fault}")
    print(
        f"{options.rounds} rounds, {test.posts_read} posts and {test.frames} frames checked, "
        f"{test.record.position} events: missing = {len(test.faults)}"
    )
    return 1 if test.faults else 0


if __name__ == "__main__":
    sys.exit(main())
