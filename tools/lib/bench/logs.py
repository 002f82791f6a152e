"""The parts about the event log alone: appending to it, and reading it."""

import glob
import json
import os
import shutil
import sqlite3
import subprocess

from figures import number, table, targets
from parts import Part, part
from processes import BenchError, Process, run_timed
from recording import Recording

BODY_BYTES = 110
BATCH = 256


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

    recording = None

    def measure(self):
        if self.recording is None:
            self._write_log()
        core = self.stage.measured_core
        log = self.recording
        replay = [self.stage.program("replay"), "--log", log.log]
        made = log.path("projections.db")
        project = run_timed(core, [*replay, "project", "--output", made])
        os.remove(made)
        show = run_timed(core, [*replay, "show", str(self._connection)])
        rows = (
            "SELECT position, ordinal, cause, at, kind, detail, CAST(body AS TEXT)"
            f" FROM events WHERE connection = {self._connection} ORDER BY ordinal"
        )
        select = run_timed(core, ["sqlite3", "-readonly", ":memory:"], log.queries(rows))
        verify = run_timed(core, [*replay, "verify", "--all"])
        self.samples.add("show", show)
        self.samples.add("sqlite3", select)
        for key, whole in (("verify", verify), ("project", project)):
            self.samples.add(key, whole | {"events_per_s": log.events / whole["seconds"]})

    def _write_log(self):
        conversations = -(-self.sizes["events"] // (self.turn_events * self.turns))
        waves, rest = divmod(conversations, self.at_once)
        self.recording = Recording(
            self.stage,
            [
                [{"connections": count, "turns": self.turns, "chunks": self.chunks}]
                for count in [self.at_once] * waves + ([rest] if rest else [])
            ],
            self.sizes["segment"],
            self.sizes["age"],
        )
        # One of the middle of the log.
        self._connection = self.recording.connections // 2 + 1

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
        size = f"{self.recording.events:,} events in {len(self.recording.segments)} segments:"
        return "\n\n".join([size, table(head, rows), targets(goals)])

    def finish(self):
        if self.recording:
            self.recording.remove()
