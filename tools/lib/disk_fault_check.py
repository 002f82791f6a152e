"""The checks of tools/disk-fault-check. All waits are bounded; no time is judged."""

import glob
import http.client
import os
import shutil
import sqlite3
import sys
import tempfile
import time

import command_line
from gateway_process import (
    CONNECTION_CLOSED,
    CONNECTION_OPENED,
    REST_EXCHANGED,
    REST_FORWARDED,
    WAIT,
    Gateway,
    rows,
    verify,
)
from recording_agent import RecordingAgent
from tally import Tally
from websocket_client import WebSocket

# What the recording agent says to a REST call; any answer will do.
ANSWERED = {501}
KEY = {"X-Internal-Auth": "change-me-internal-key"}
# The disk fails at a sync and at the first attempt to go on, which is made after a quarter of a second.
FAULT_SECONDS = 0.4


class Disk:
    """What stands between a gateway and the disk: tools/lib/disk_faults.c."""

    def __init__(self, library, folder):
        self._faults = os.path.join(folder, "faults")
        self.copies = os.path.join(folder, "disk")
        os.mkdir(self.copies)
        self.settings = {"LD_PRELOAD": library, "FAULTS": self._faults, "DISK": self.copies}

    def fail(self, writes):
        with open(self._faults, "w") as file:
            file.write("writes" if writes else "")

    def recover(self):
        os.remove(self._faults)


class Scene:
    """A gateway on a disk that can fail, and calls that put events on record."""

    def __init__(self, options, folder):
        self.log = os.path.join(folder, "log")
        self._agent = RecordingAgent()
        self.disk = Disk(options.faults, folder)
        self.gateway = Gateway(
            options.programs,
            GATEWAY__LOG_DIR=self.log,
            GATEWAY__AGENT_URL=self._agent.url,
            GATEWAY__LOG_SYNC="full",
            **self.disk.settings,
        )

    def call(self, times=1):
        """REST calls; the statuses of the answers."""
        return {self._status() for _ in range(times)}

    def _status(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=WAIT)
        connection.request("GET", "/api/v1/sessions", headers=KEY)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status

    def connect(self, name):
        """Whether the IDE got its WebSocket."""
        try:
            WebSocket(self.gateway.port, f"/api/v1/ws/{name}", name).close()
        except ConnectionError:
            return False
        return True

    def segment(self):
        (path,) = glob.glob(os.path.join(self.log, "events-*.db"))
        return path

    def end(self):
        """Kills the gateway; all rows of its log."""
        self.gateway.kill()
        self._agent.stop()
        return rows(self.log)

    def lose_power(self, folder):
        """All rows of the log as the disk has it. The file itself has not been written since the start."""
        os.mkdir(folder)
        shutil.copy(self.segment(), folder)
        for path in glob.glob(os.path.join(self.disk.copies, "*")):
            shutil.copy(path, folder)
        return rows(folder)


class DiskFaultCheck:
    def __init__(self, options, folder, tally):
        self._options, self._folder, self._check = options, folder, tally.check

    def _scene(self, name):
        folder = os.path.join(self._folder, name)
        os.mkdir(folder)
        return Scene(self._options, folder)

    def syncs_fail(self):
        """The disk takes what is written, and fails to bring it where it lasts."""
        self._outage("syncs-fail", writes=False)

    def writes_fail(self):
        """Nor can what a failed commit has left be written over at the first attempt."""
        self._outage("writes-fail", writes=True)

    def _outage(self, name, writes):
        scene = self._scene(name)
        self._check(scene.call(3) == ANSWERED, f"{name}: calls are answered before")
        scene.disk.fail(writes=False)
        self._check(not scene.connect("new_lost"), f"{name}: no WebSocket that is not on record")
        if writes:
            scene.disk.fail(writes=True)
        time.sleep(FAULT_SECONDS)
        scene.disk.recover()
        again = "WARNING: [gateway] The event log can be written again"
        self._check(scene.gateway.wait_for_lines([again]) is None, f"{name}: it goes on by itself")
        self._check(scene.call(20) == ANSWERED, f"{name}: calls are answered after")
        self._check(scene.connect("new_found"), f"{name}: a WebSocket is opened after")
        found = scene.end()
        lasting = scene.lose_power(os.path.join(self._folder, name, "after"))
        answered = 2 * 23
        calls = [row for row in found if row[1] and row[3] in (REST_FORWARDED, REST_EXCHANGED)]
        self._check(len(calls) == answered, f"{name}: {len(calls)} events of {answered} by calls")
        self._check(
            lasting == found[: len(lasting)] and calls[-1] in lasting,
            f"{name}: {len(lasting)} of {len(found)} events outlive a loss of power",
        )
        opened = [row[1] for row in found if row[3] == CONNECTION_OPENED]
        closed = [row[1] for row in found if row[3] == CONNECTION_CLOSED]
        self._check(
            len(opened) == 1 and closed in (opened, []), f"{name}: no lost WebSocket comes back"
        )
        numbers = [row[1:3] for row in found]
        self._check(len(numbers) == len(set(numbers)), f"{name}: no number is given twice")
        said, is_fine = verify(self._options.programs, scene.log)
        self._check(is_fine, f"{name}: replay verify: {said}")

    def a_stranger_opens_the_segment(self):
        """Documents forbid it; it must be harmless all the same."""
        scene = self._scene("stranger")
        scene.call(3)
        stranger = sqlite3.connect(scene.segment())
        before = stranger.execute("SELECT count(*) FROM events").fetchone()[0]
        stranger.close()
        scene.call(5)
        found = scene.end()
        self._check(
            len(found) == before + 10, f"stranger: {len(found)} events after {before} and 10 more"
        )


def main():
    parser = command_line.parser("disk-fault-check")
    parser.add_argument("--faults", required=True)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="disk-fault-check-", dir=options.logs)
    tally = Tally(shows_all=True)
    test = DiskFaultCheck(options, folder, tally)
    for part in (test.syncs_fail, test.writes_fail, test.a_stranger_opens_the_segment):
        try:
            part()
        except (OSError, RuntimeError, sqlite3.Error) as fault:
            tally.check(False, f"{part.__name__}: {fault!r}")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
