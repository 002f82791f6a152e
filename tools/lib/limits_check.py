"""The checks of tools/limits-check. All waits are bounded; no time is judged."""

import json
import os
import resource
import sys
import tempfile
import threading
import time

import command_line
from crowd import Crowd
from gateway_process import WAIT, Gateway
from limits_agent import LimitsAgent
from tally import Tally
from websocket_client import TEXT, WebSocket

KIB, MIB = 1 << 10, 1 << 20
DESCRIPTORS = 20_000
# What docs/operations.md says of GATEWAY__MAX_CONNECTIONS.
PLACES = DESCRIPTORS - DESCRIPTORS // 16 - 64
LONGEST = 16 * MIB
READERS = 64
HIGH_MARK = MIB


class Memory:
    """Resident memory of a process, in bytes."""

    def __init__(self, pid):
        self._folder = f"/proc/{pid}"

    def now(self):
        return self._value("VmRSS")

    def peak(self):
        """The most there was since `begin`."""
        return self._value("VmHWM")

    def begin(self):
        with open(f"{self._folder}/clear_refs", "w") as file:
            file.write("5")
        return self.now()

    def descriptors(self):
        return len(os.listdir(f"{self._folder}/fd"))

    def _value(self, name):
        with open(f"{self._folder}/status") as file:
            return next(int(line.split()[1]) * KIB for line in file if line.startswith(name))


class IDE:
    """A conversation."""

    def __init__(self, port, path_id):
        self.socket = WebSocket(port, f"/api/v1/ws/{path_id}")

    def say(self, content):
        message = {"type": "user_message", "role": "user", "content": content}
        self.socket.send(json.dumps(message, separators=(",", ":")).encode())

    def answer(self):
        """Frames and bytes of an answer; an error of any kind is a RuntimeError."""
        frames = size = 0
        while True:
            opcode, payload = self.socket.receive() or (None, b"the end of the connection")
            if opcode is None or opcode == TEXT and b'"type":"error"' in payload[:40]:
                raise RuntimeError(payload[:200].decode())
            if opcode != TEXT:
                continue
            frames += 1
            size += len(payload)
            if payload.endswith(b'"is_final":true}'):
                return frames, size

    def turn(self, content):
        self.say(content)
        return self.answer()


class Talker(threading.Thread):
    """An IDE that has turn after turn until it is told to stop."""

    def __init__(self, port, path_id, content):
        super().__init__(daemon=True)
        self._ide = IDE(port, path_id)
        self._content = content
        self._is_over = threading.Event()
        self.turns = self.frames = 0
        self.fault = None
        self.start()

    def run(self):
        try:
            while not self._is_over.is_set():
                self.frames += self._ide.turn(self._content)[0]
                self.turns += 1
        except Exception as fault:  # Whatever it is, the other parts are checked.
            self.fault = repr(fault)

    def pace(self, seconds):
        """Frames a second from now on."""
        begin, before = time.monotonic(), self.frames
        time.sleep(seconds)
        return (self.frames - before) / (time.monotonic() - begin)

    def end(self):
        self._is_over.set()
        self.join(WAIT)


class SlowReaders(threading.Thread):
    """IDEs that are sent much and take 1 KiB a second each."""

    CONTENT = "stream 1000000"

    def __init__(self, port):
        super().__init__(daemon=True)
        self._is_over = threading.Event()
        self._sockets = []
        message = {"type": "user_message", "role": "user", "content": self.CONTENT}
        for number in range(READERS):
            reader = WebSocket(port, f"/api/v1/ws/new_{number}", receive_bytes=4096)
            reader.send(json.dumps(message).encode())
            self._sockets.append(reader)
        self.start()

    def run(self):
        while not self._is_over.wait(1):
            for reader in self._sockets:
                reader.file.read(KIB)

    def end(self):
        self._is_over.set()
        self.join(WAIT)
        for reader in self._sockets:
            reader.abandon()


class LimitsCheck:
    def __init__(self, programs, folder, tally):
        self._programs = programs
        self._folder = folder
        self._agent = LimitsAgent()
        self.check = tally.check

    def start(self, name, **settings):
        """A gateway, and its memory when it has had its first turns."""
        gateway = Gateway(
            self._programs,
            GATEWAY__AGENT_URL=self._agent.url,
            GATEWAY__LOG_DIR=os.path.join(self._folder, name),
            GATEWAY__LOG_SYNC="normal",
            # To seal a segment takes memory of its own for a while: it is not what this is about.
            GATEWAY__LOG_SEGMENT_BYTES=str(1 << 34),
            **settings,
        )
        ide = IDE(gateway.port, "new_first")
        for _ in range(20):
            ide.turn("stream 500")
        return gateway, ide, Memory(gateway.pid)

    # Very many

    def very_many(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        if hard != resource.RLIM_INFINITY and hard < DESCRIPTORS:
            print(f"- left out: very many WebSockets need a descriptor limit of {DESCRIPTORS:,}, "
                  f"and `ulimit -Hn` is {hard:,} here")
            return
        # For the gateway, which takes all that it may, and for this process, the other end.
        resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
        gateway, ide, memory = self.start("many")
        crowd = Crowd(gateway.port)
        self._idle(crowd, memory)
        self._full(crowd, gateway, ide, memory)
        crowd.close()
        self.check(gateway.stop() == 0, "the gateway stops in good order")

    def _idle(self, crowd, memory):
        before = memory.begin()
        begin = time.monotonic()
        answers = crowd.grow(10_000)
        rate = 10_000 / (time.monotonic() - begin)
        each = (memory.now() - before) / 10_000 / KIB
        self.check(answers == {101: 10_000}, f"10,000 WebSockets open ({rate:,.0f} a second): {answers}")
        self.check(each <= 6, f"each of them takes {each:.2f} KiB, at most 6, while it is idle")
        answers = crowd.grow(8_000)
        self.check(answers == {101: 8_000}, f"18,000 WebSockets are open: {answers}")

    def _full(self, crowd, gateway, ide, memory):
        left = PLACES - 1 - len(crowd.members)
        talker = Talker(gateway.port, "new_talker", "stream 500")
        crowd.grow(left - 1)
        answers = crowd.grow(1_000)
        self.check(answers == {503: 1_000}, f"past {PLACES:,} each gets a 503: {answers}")
        talker.end()
        self.check(
            talker.fault is None and talker.turns > 0,
            f"meanwhile a conversation went on: {talker.turns} turns, {talker.fault or 'no error'}",
        )
        self.check(ide.turn("hello") == (1, ide_frame("hello")), "another one has its answer")
        self.check(gateway.health()[0] == 200, "/health is 200")
        descriptors = memory.descriptors()
        self.check(descriptors < DESCRIPTORS - 200, f"{descriptors:,} descriptors are in use")
        for client in crowd.refused:
            client.close()
        crowd.refused = []
        crowd.shrink(500)
        wait_until(lambda: memory.descriptors() < descriptors - 500)
        answers = crowd.grow(500)
        self.check(answers == {101: 500}, f"when 500 have left there is room for 500: {answers}")

    # Long messages

    def long_messages(self):
        gateway, ide, memory = self.start("long")
        quiet = memory.now()
        content = "z" * (LONGEST - len('{"type":"user_message","role":"user","content":""}'))
        cases = [
            ("to the agent", lambda: ide.turn(content), ide_frame(content)),
            ("to the IDE", lambda: ide.turn(f"block {LONGEST}"), LONGEST - len("data: \n\n")),
        ]
        for name, turn, size in cases:
            for count in (1, 4):
                before = memory.begin()
                begin = time.monotonic()
                answers = {turn() for _ in range(count)}
                took = (time.monotonic() - begin) * 1000 / count
                growth = (memory.peak() - before) / LONGEST
                words = f"16 MiB {name}, {count} of them: {took:.0f} ms each"
                self.check(answers == {(1, size)}, f"{words}: {answers}")
                self.check(growth < 4, f"… with {growth:.2f} times its size of memory, less than 4")
        kept = (memory.now() - quiet) / MIB
        self.check(kept < 16, f"afterwards {kept:.1f} MiB more than before is in use, not one message")
        self.check(gateway.stop() == 0, "the gateway stops in good order")

    # Slow readers

    def slow_readers(self):
        # An IDE that leaves takes its answer with it: it is far from its end.
        gateway, _, memory = self.start("slow", GATEWAY__ON_DISCONNECT="cancel")
        alone, fault = self._pace(gateway)
        before = memory.begin()
        readers = SlowReaders(gateway.port)
        self._wait_for_standstill()
        beside, fault_beside = self._pace(gateway)
        growth = memory.peak() - before
        fault = fault or fault_beside
        bound = READERS * (HIGH_MARK + 128 * KIB) + 40 * MIB
        self.check(
            HIGH_MARK * READERS // 2 < growth < bound,
            f"{READERS} slow readers: {growth / MIB:.0f} MiB, less than {bound / MIB:.0f}",
        )
        self.check(
            fault is None,
            f"a fast reader: {alone:,.0f} frames/s, beside them {beside:,.0f} "
            f"({beside / max(alone, 1):.0%}), {fault or 'no error'}",
        )
        readers.end()
        self.check(gateway.stop() == 0, "the gateway stops in good order")

    def _pace(self, gateway):
        """Frames a second that one fast reader gets, and what went wrong."""
        talker = Talker(gateway.port, "new_talker", "stream 5000")
        pace = talker.pace(2)
        talker.end()
        return pace, talker.fault

    def _wait_for_standstill(self):
        """Until the gateway has taken nothing more of the readers' answers for a second."""
        sent = 0
        end = time.monotonic() + WAIT
        while sent != (sent := self._agent.sent(SlowReaders.CONTENT)) or not sent:
            if time.monotonic() > end:
                raise TimeoutError("the gateway reads on and on")
            time.sleep(1)


def ide_frame(content):
    """The length of the frame that answers a message of that content."""
    return len('{"type":"assistant_message","token":"","is_final":true}') + len(str(len(content)))


def wait_until(look, seconds=WAIT):
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            raise TimeoutError("something that was waited for did not happen")
        time.sleep(0.05)


def main():
    options = command_line.parser("limits-check").parse_args()
    folder = tempfile.mkdtemp(prefix="limits-check-", dir=options.logs)
    tally = Tally(shows_all=True)
    test = LimitsCheck(options.programs, folder, tally)
    for part in (test.long_messages, test.slow_readers, test.very_many):
        try:
            part()
        except (OSError, RuntimeError) as fault:
            tally.check(False, f"{part.__name__}: {fault!r}")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
