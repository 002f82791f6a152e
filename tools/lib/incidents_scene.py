"""What incidents are made with: an agent-simulator, a gateway, and IDEs on sockets that can misbehave."""

import json
import os
import resource
import socket
import struct
import time
import urllib.request

import gateway_process
import websocket_client
from simulator_process import KEY, Simulator

# A gateway's bounds, as environment variables: long enough for a machine that is slow. An incident that is
# about one of them has a shorter one.
SETTINGS = {
    "GATEWAY__INTERNAL_API_KEY": KEY,
    "GATEWAY__AGENT_STREAM_TIMEOUT": "30",
    "GATEWAY__REQUEST_TIMEOUT": "20",
    "GATEWAY__DRAIN_TIMEOUT": "2",
}


def message(content):
    """A user_message as an IDE writes it."""
    members = {"type": "user_message", "role": "user", "content": content}
    return json.dumps(members, ensure_ascii=False).encode()


class IDE:
    """A connection to a gateway under an id."""

    def __init__(self, port, path_id, answers_pings=True, **options):
        self.socket = websocket_client.WebSocket(port, f"/api/v1/ws/{path_id}", **options)
        self.answers_pings = answers_pings
        self.session = None

    def send(self, content):
        """Sends a user_message, or bytes as they are."""
        self.socket.send(content if isinstance(content, bytes) else message(content))

    def frame(self):
        """The next text frame as an object; None at the end."""
        while received := self.socket.receive():
            opcode, payload = received
            if opcode == websocket_client.PING and self.answers_pings:
                self.socket.send(payload, websocket_client.PONG)
            if opcode == websocket_client.CLOSE:
                return None
            if opcode == websocket_client.TEXT:
                frame = json.loads(payload)
                self.session = frame.get("session_id") or self.session
                return frame
        return None

    def answer(self):
        """The frames up to the one that ends an answer, or to the end."""
        frames = []
        while frame := self.frame():
            frames.append(frame)
            if frame.get("is_final") or frame["type"] in ("error", "tool_call", "plan_approval_required"):
                break
        return frames

    def say(self, content):
        self.send(content)
        return self.answer()

    def until(self, kind):
        """Reads to the first frame of a type."""
        while frame := self.frame():
            if frame["type"] == kind:
                return frame
        raise AssertionError(f"no {kind} came")

    def until_end(self):
        while self.frame():
            pass

    def close(self):
        self.socket.close()

    def vanish(self):
        """Ends without a close frame, everything read."""
        self.socket.socket.shutdown(socket.SHUT_RDWR)
        self.socket.abandon()

    def reset(self):
        linger = struct.pack("ii", 1, 0)
        self.socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.socket.abandon()


class Scene:
    """An agent and a gateway with its log."""

    def __init__(self, programs, folder, incident):
        self.programs = programs
        self.incident = incident
        self.log = os.path.join(folder, incident.name)
        self.simulator = Simulator(programs, incident.manner)
        self.url = self.simulator.url
        if not incident.has_agent:
            self.simulator.stop()
            self.simulator = None
        self.start_gateway()

    def start_gateway(self, port="0"):
        self.gateway = gateway_process.Gateway(
            self.programs,
            **SETTINGS
            | {"GATEWAY__AGENT_URL": self.url, "GATEWAY__LOG_DIR": self.log, "PORT": str(port)}
            | self.incident.settings,
        )

    def ide(self, path_id="new_1", **options):
        return IDE(self.gateway.port, path_id, **options)

    def call(self, method, path):
        """The JSON body of a REST call."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gateway.port}{path}",
            method=method,
            headers={"X-Internal-Auth": KEY},
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.load(response)

    def wait_for(self, kind, count=1):
        """Until so many events of a kind are in the log."""
        wait_for_events(self.log, kind, count)

    def restart(self, how):
        """Ends the gateway by `kill` or `stop` and starts another on its port and log."""
        port = self.gateway.port
        getattr(self.gateway, how)()
        self.start_gateway(port)

    def limit_log(self, is_limited):
        """Files of the gateway can grow no more, or again."""
        soft = 4096 if is_limited else resource.RLIM_INFINITY
        resource.prlimit(self.gateway.pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))

    def stop(self):
        self.gateway.stop()
        if self.simulator:
            self.simulator.stop()


def wait_for_events(log, kind, count=1):
    """Until so many events of a kind are in a log."""
    deadline = time.monotonic() + gateway_process.WAIT
    while sum(row[3] == kind for row in gateway_process.rows(log)) < count:
        if time.monotonic() > deadline:
            raise AssertionError(f"no {count} event(s) of kind {kind} in {log}")
        time.sleep(0.01)


def all_ended(log):
    """Whether every request in a log has its end."""
    kinds = [row[3] for row in gateway_process.rows(log)]
    ends = sum(kind in (gateway_process.STREAM_ENDED, gateway_process.REQUEST_FAILED) for kind in kinds)
    return kinds.count(gateway_process.REQUEST_SENT) == ends
