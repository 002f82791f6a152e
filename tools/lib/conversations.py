"""The conversations of tools/conversations: the programs they need, and what is seen of them."""

import http.client
import itertools
import json
import os
import sys
import tempfile
import time

import command_line
import conversation_cases  # noqa: F401 (adds its cases)
import gateway_process as gateway
import ide
import schema_cases  # noqa: F401 (adds its cases)
from simulator_process import KEY, Simulator
from tally import Tally


class Scene:
    """A gateway and an agent in one of its manners."""

    def __init__(self, programs, logs, manner):
        self.manner = manner
        folder = tempfile.mkdtemp(prefix=f"conversations-{manner}-", dir=logs)
        self.log = os.path.join(folder, "log")
        self.simulator = Simulator(programs, manner)
        self.gateway = gateway.Gateway(
            programs,
            GATEWAY__AGENT_URL=self.simulator.url,
            GATEWAY__INTERNAL_API_KEY=KEY,
            GATEWAY__LOG_DIR=self.log,
            GATEWAY__AGENT_STREAM_TIMEOUT="2",
        )
        self.port = self.gateway.port
        self._numbers = itertools.count(1)

    def temporary_id(self):
        return f"new_{next(self._numbers)}"

    def ide(self, path_id):
        return ide.IDE(self.port, path_id)

    def call(self, method, path, key=KEY):
        """Status and JSON body of a REST call."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=gateway.WAIT)
        connection.request(method, path, headers={"X-Internal-Auth": key} if key else {})
        response = connection.getresponse()
        body = json.load(response)
        connection.close()
        return response.status, body

    def events(self, path_id):
        """Kind and body of the events of the connections opened under an id."""
        numbers = set()
        found = []
        for _, number, _, kind, _, body in gateway.rows(self.log):
            if kind == gateway.CONNECTION_OPENED and json.loads(body)["id"] == path_id:
                numbers.add(number)
            if number in numbers:
                found.append((kind, body))
        return found

    def posts(self, path_id):
        """The bodies that were posted for an id, as the log has them."""
        events = self.events(path_id)
        return [body.decode() for kind, body in events if kind == gateway.REQUEST_SENT]

    def chunks_of_ended_answer(self, path_id):
        """The data of the chunks for an id, once its answer has ended."""
        deadline = time.monotonic() + gateway.WAIT
        while not any(kind == gateway.STREAM_ENDED for kind, _ in self.events(path_id)):
            assert time.monotonic() < deadline, "the answer does not end"
            time.sleep(0.05)
        chunks = [body for kind, body in self.events(path_id) if kind == gateway.CHUNK_RECEIVED]
        return [chunk.decode().removeprefix("data: ") for chunk in chunks]

    def has_ended_answer(self):
        """Whether the answer that came last has ended."""
        ends = (gateway.STREAM_ENDED, gateway.REQUEST_FAILED, gateway.CHUNK_RECEIVED)
        kinds = [row[3] for row in gateway.rows(self.log) if row[3] in ends]
        return kinds[-1] != gateway.CHUNK_RECEIVED

    def expect_lines(self, *wanted):
        """The lines stand in the operators' log in this order; the last ones may be on their way."""
        missing = self.gateway.wait_for_lines(wanted)
        if missing:
            raise AssertionError(f"not in the operators' log, or not in its place: {missing}")

    def stop(self):
        """Whether both programs ended well."""
        statuses = [self.gateway.stop(), self.simulator.stop()]
        return statuses == [0, 0]


def main():
    options = command_line.parser("conversations").parse_args()
    tally = Tally()
    for manner in ("documented", "real"):
        scene = Scene(options.programs, options.logs, manner)
        ide.run(scene, tally)
        tally.check(scene.stop(), f"{manner}: the programs do not end with status 0")
        said, is_clean = gateway.verify(options.programs, scene.log)
        tally.check(is_clean, f"{manner}: replay verify: {said}")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
