"""A gateway as a process, and its event log as rows, for the checks of tools/."""

import atexit
import glob
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import tempfile
import threading

from starting import environment, port_in

WAIT = 20

# Kinds of events (docs/event-format.md).
CONNECTION_OPENED, FRAME_RECEIVED, FRAME_REJECTED, REQUEST_SENT = 3, 4, 5, 6
RESPONSE_STARTED, CHUNK_RECEIVED, STREAM_ENDED, REQUEST_FAILED = 7, 8, 9, 10
CONNECTION_CLOSED, REST_EXCHANGED, REST_FORWARDED = 12, 13, 16
# The detail of a REQUEST_FAILED: the agent answered with a status that is not 2xx.
FAILED_BY_STATUS = 5


# Those that run; none outlives this process, however that ends.
_running = set()
atexit.register(lambda: [process.kill() for process in _running])


class Gateway:
    """Started, and taking connections. `settings` are its environment variables."""

    def __init__(self, programs, **settings):
        # An empty folder: a .env file of the place it is started from is not to be read.
        self._folder = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [os.path.join(programs, "gateway")],
            env=environment({"GATEWAY__HOST": "127.0.0.1", "PORT": "0"} | settings),
            cwd=self._folder.name,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        _running.add(self._process)
        self.lines = []
        self.port = None
        self._said = threading.Condition()
        self._has_ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        with self._said:
            self._said.wait_for(lambda: self.port or self._has_ended, WAIT)
        if self.port is None:
            self.kill()
            raise RuntimeError("the gateway does not start:\n" + "\n".join(self.lines))

    @property
    def pid(self):
        return self._process.pid

    def _read(self):
        for line in self._process.stdout:
            line = line.rstrip("\n")
            with self._said:
                self.lines.append(line)
                self.port = self.port or port_in(line)
                self._said.notify_all()
        with self._said:
            self._has_ended = True
            self._said.notify_all()

    def wait_for_lines(self, wanted):
        """Until the gateway has printed the lines in this order; the first that did not come in time."""

        def missing():
            lines = iter(self.lines)
            return next((line for line in wanted if line not in lines), None)

        with self._said:
            self._said.wait_for(lambda: missing() is None, WAIT)
            return missing()

    def health(self):
        """Status and body of `GET /health`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request("GET", "/health")
        response = connection.getresponse()
        body = json.load(response)
        connection.close()
        return response.status, body

    def kill(self):
        """The end without warning."""
        self._process.kill()
        self._end()

    def stop(self):
        """The end in good order; the exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._end()

    def _end(self):
        status = self._process.wait(WAIT)
        _running.discard(self._process)
        self._reader.join(WAIT)
        self._process.stdout.close()
        self._folder.cleanup()
        return status


def rows(folder, after=0):
    """The events of a log past a position: position, connection, ordinal, kind, detail, body."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "events-*.db"))):
        try:
            found += rows_of(f"file:{path}?mode=ro", after)
        except sqlite3.OperationalError:
            # A kill while the file left WAL mode: a change of its first page is to be rolled back,
            # which a reader may not do. The rows are all there.
            if os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal"):
                raise
            found += rows_of(f"file:{path}?immutable=1", after)
    return found


def rows_of(uri, after):
    """The events of one segment past a position."""
    database = sqlite3.connect(uri, uri=True)
    try:
        return database.execute(
            "SELECT position, connection, ordinal, kind, detail, body FROM events"
            " WHERE position > ? ORDER BY position",
            (after,),
        ).fetchall()
    finally:
        database.close()


def verify(programs, folder):
    """What `replay verify` says of a log, and whether that is nothing bad."""
    result = subprocess.run(
        [os.path.join(programs, "replay"), "--log", folder, "verify"],
        capture_output=True,
        text=True,
        check=False,
    )
    return (result.stdout + result.stderr).strip(), result.returncode == 0
