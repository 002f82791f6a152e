"""The parts about the event log alone: appending to it, and reading it."""

import glob
import json
import os
import shutil
import sqlite3
import subprocess
import time

from figures import number, table, targets
from parts import Part, part
from processes import PATIENCE, BenchError, Process, run_timed
from stage import NORMAL, Scene

BODY_BYTES = 110
BATCH = 256


def is_indexed(path):
    """Whether a segment has the indexes that sealing makes."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND tbl_name = 'events'"
        return file.execute(query).fetchone() is not None
    finally:
        file.close()


@part
class Append(Part):
    name = "append"
    summary = "the event log alone against plain SQLite"
    full = {"events": 2_000_000}
    quick = {"events": 500_000}
    smoke = {"events": 10_000}

    def measure(self):
        for sync in ("normal", "full"):
            folder = self.stage.folder()
            events = self.sizes["events"]
            file = os.path.join(folder, "plain.db")
            plain = [events, BATCH, sync.upper(), BODY_BYTES]
            command = [self.stage.yardstick("sqlite-append"), file, *map(str, plain)]
            self._run(("SQLite", sync), command, file)
            log = os.path.join(folder, "log")
            command = [
                self.stage.program("log-append"),
                *("--events", str(events), "--batch", str(BATCH), "--sync", sync),
                *("--body-bytes", str(BODY_BYTES), log),
            ]
            self._run(("event log", sync), command, os.path.join(log, "events-*.db"))
            shutil.rmtree(folder)

    def _run(self, key, command, files):
        """The program tells what it has done, and its file is looked at while it waits."""
        process = Process(
            self.stage.scratch,
            self.stage.measured_core,
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        line = process.process.stdout.readline()
        if not line:
            raise BenchError(f"{process.name} fails:\n{process.output()}")
        found = json.loads(line)
        row_bytes = self._row_bytes(sorted(glob.glob(files))[-1])
        process.process.stdin.close()
        process.stop()
        events = self.sizes["events"]
        self.samples.add(
            key,
            {
                "rows_per_s": events / found["seconds"],
                "cpu_us": found["cpu"] / events * 1e6,
                "overhead": row_bytes - BODY_BYTES,
            },
        )

    @staticmethod
    def _row_bytes(path):
        """Bytes of a row in the file being written, without what only its write-ahead log needs."""
        file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            (pages,) = file.execute("PRAGMA page_count").fetchone()
            (page_bytes,) = file.execute("PRAGMA page_size").fetchone()
            (rows,) = file.execute("SELECT count(*) FROM events").fetchone()
            return pages * page_bytes / rows
        finally:
            file.close()

    def report(self):
        rows, goals = [], []
        for sync in ("normal", "full"):
            for what in ("SQLite", "event log"):
                key = (what, sync)
                names = ("rows_per_s", "cpu_us", "overhead")
                rows.append([what, sync] + [number(self.samples.median(key, n)) for n in names])
            ratio = self.samples.ratio(("event log", sync), ("SQLite", sync), "rows_per_s")
            goals.append((f"rows/s / plain SQLite's, {sync}", "at least", 0.8, ratio))
        overhead = self.samples.median(("event log", "normal"), "overhead")
        goals.append(("bytes of a row beside its body", "at most", 40, overhead))
        head = ["", "sync", "rows/s", "CPU µs a row", "bytes of a row beside its body"]
        return table(head, rows) + "\n\n" + targets(goals)


@part
class Replay(Part):
    name = "replay"
    summary = "replay over a log that the gateway has written under load"
    # `age`: the seconds after which a segment is followed by the next.
    full = {"events": 10_000_000, "segment": 128 << 20, "age": 10}
    quick = {"events": 1_000_000, "segment": 32 << 20, "age": 10}
    smoke = {"events": 20_000, "segment": 1 << 20, "age": 1}

    # Each IDE has 20 turns of 50 chunks: about 1,100 events, at most 500 IDEs at a time.
    turns, chunks, at_once = 20, 50, 500
    # A turn is its chunks and at least a message, a request, the head and the end of the answer.
    turn_events = 50 + 4

    scene = None

    def measure(self):
        if self.scene is None:
            self._write_log()
        core = self.stage.measured_core
        log = os.path.join(self.scene.folder, "log")
        replay = [self.stage.program("replay"), "--log", log]
        made = os.path.join(self.scene.folder, "projections.db")
        project = run_timed(core, [*replay, "project", "--output", made])
        os.remove(made)
        show = run_timed(core, [*replay, "show", str(self._connection)])
        select = run_timed(core, ["sqlite3", "-readonly", ":memory:"], self._queries())
        verify = run_timed(core, [*replay, "verify", "--all"])
        self.samples.add("show", show)
        self.samples.add("sqlite3", select)
        for key, whole in (("verify", verify), ("project", project)):
            self.samples.add(key, whole | {"events_per_s": self._events / whole["seconds"]})

    def _write_log(self):
        """A log of real conversations, closed in good order."""
        conversations = -(-self.sizes["events"] // (self.turn_events * self.turns))
        waves, rest = divmod(conversations, self.at_once)
        settings = {
            "GATEWAY__LOG_SEGMENT_BYTES": str(self.sizes["segment"]),
            "GATEWAY__LOG_SEGMENT_AGE": str(self.sizes["age"]),
        }
        self.scene = Scene(self.stage, NORMAL, **settings)
        for count in [self.at_once] * waves + ([rest] if rest else []):
            self.scene.run_swarm(connections=count, turns=self.turns, chunks=self.chunks)
        # The segment of the last of them gets too old, and the next event begins another one.
        time.sleep(self.sizes["age"] + 1)
        self.scene.run_swarm()
        self._wait_for_seals()
        self.scene.close()
        self._segments = self._find_segments()
        self._events, last = 0, 0
        for path in self._segments:
            file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            count, highest = file.execute("SELECT count(*), max(connection) FROM events").fetchone()
            file.close()
            self._events, last = self._events + count, max(last, highest or 0)
        # One of the middle of the log.
        self._connection = last // 2 + 1
        self._indexed = [self._with_index(path) for path in self._segments]

    def _find_segments(self):
        return sorted(glob.glob(os.path.join(self.scene.folder, "log", "events-*.db")))

    def _wait_for_seals(self):
        """Until all segments but the last have their index."""
        end = time.monotonic() + PATIENCE
        while not all(is_indexed(path) for path in self._find_segments()[:-1]):
            if time.monotonic() > end:
                raise BenchError("segments are not sealed in time")
            time.sleep(0.1)

    def _with_index(self, path):
        """The segment, if it is sealed, or a copy with the index that sealing would have made."""
        if is_indexed(path):
            return path
        copy = path.replace("events-", "indexed-")
        file, into = sqlite3.connect(f"file:{path}?mode=ro", uri=True), sqlite3.connect(copy)
        file.backup(into)
        into.execute("CREATE INDEX by_connection ON events(connection, ordinal)")
        into.commit()
        into.close()
        file.close()
        return copy

    def _queries(self):
        lines = []
        for path in self._indexed:
            lines.append(f".open -readonly {path}")
            lines.append(
                "SELECT position, ordinal, cause, at, kind, detail, CAST(body AS TEXT)"
                f" FROM events WHERE connection = {self._connection} ORDER BY ordinal;"
            )
        return "\n".join(lines) + "\n"

    def report(self):
        rows = []
        for what, command in (
            ("sqlite3", "sqlite3, one connection"),
            ("show", "replay show, one connection"),
            ("verify", "replay verify --all"),
            ("project", "replay project"),
        ):
            seconds, cpu, peak = (
                self.samples.median(what, name) for name in ("seconds", "cpu", "peak")
            )
            rows.append([command, number(seconds * 1000), number(cpu * 1000), number(peak / 1024)])
        verified = self.samples.median("verify", "events_per_s")
        projected = self.samples.median("project", "events_per_s")
        peak = max(self.samples.largest(what, "peak") for what in ("show", "verify", "project"))
        goals = [
            (
                "show / sqlite3, time",
                "at most",
                3,
                self.samples.ratio("show", "sqlite3", "seconds"),
            ),
            ("verify, events/s", "at least", 500_000, verified),
            ("project, events/s", "at least", 500_000, projected),
            ("peak of memory, MiB", "at most", 190, peak / 1024),
        ]
        head = ["", "ms", "CPU ms", "peak of memory, MiB"]
        size = f"{self._events:,} events in {len(self._segments)} segments:"
        return "\n\n".join([size, table(head, rows), targets(goals)])

    def finish(self):
        if self.scene:
            self.scene.close()
            shutil.rmtree(self.scene.folder, ignore_errors=True)
