"""The part about finding what went wrong in a log, next to SQLite reading the same rows."""

import json
import os
import subprocess
from collections import Counter

from figures import number, table, targets
from parts import Part, part
from processes import BenchError, run_timed
from recording import Recording
from starting import environment

# What replay is to find where the agent is asked for a failure of this number.
VERDICTS = {
    1: "stream-ended-without-session-info",
    2: "agent-refused",
    3: "stream-broke-before-session-info",
}
WHOLE = "sqlite3, sum(length(body))"
ONE = "sqlite3, one connection"
EXPLAIN = "replay explain NUMBER"
EXPLAIN_ID = "replay explain TEMPORARY-ID"
WITHOUT = ", no projections"
SCAN = "replay scan"
VERIFY = "replay verify --all"
GREP = "replay grep TEXT"
GREP_REGEX = "replay grep REGEX"
GREP_TYPE = "replay grep --type session_info"


class PlantedLog:
    """A log in which the first answer of one connection in a hundred fails, and nothing else does."""

    # A connection has 4 turns of 20 chunks, about 100 events.
    turns, chunks, at_once = 4, 20, 500

    def __init__(self, stage, connections, segment, age):
        self._stage = stage
        self.failures = Counter()
        self.recording = Recording(stage, self._waves(connections), segment, age)
        self._replay = [stage.program("replay"), "--log", self.recording.log]
        self._projections = os.path.join(self.recording.log, "projections.db")
        self._run("project")
        self.connection, self.temporary_id = self._scan()

    def _waves(self, connections):
        waves = []
        while connections > 0:
            count = min(connections, self.at_once)
            connections -= count
            talk = {"turns": self.turns, "chunks": self.chunks}
            kinds = Counter(
                (self.failures.total() + i) % len(VERDICTS) + 1 for i in range(count // 100)
            )
            self.failures += kinds
            wave = [talk | {"connections": count - kinds.total()}]
            wave += [talk | {"connections": n, "failure": kind} for kind, n in kinds.items()]
            waves.append(wave)
        return waves

    def _run(self, *arguments):
        command = [*self._replay, *arguments]
        return subprocess.run(
            command, env=environment({}), stdout=subprocess.PIPE, text=True, check=False
        ).stdout

    def _scan(self):
        """A connection of the middle with a failure, after all failures were looked at: those that
        were planted have to be found, and no others.
        """
        *lines, last = map(json.loads, self._run("scan", "--json").splitlines())
        found = Counter(
            {c["verdict"]: c["count"] for c in last["counts"] if c["severity"] != "fine"}
        )
        planted = Counter({VERDICTS[kind]: count for kind, count in self.failures.items()})
        if found != planted:
            raise BenchError(f"scan finds {dict(found)} where {dict(planted)} was planted")
        one = sorted(lines, key=lambda line: line["position"])[len(lines) // 2]
        return one["connection"], one["id"]

    def measure(self):
        """What each command costs, by its name."""
        rows = (
            "SELECT position, ordinal, cause, at, kind, detail, CAST(body AS TEXT)"
            f" FROM events WHERE connection = {self.connection} ORDER BY ordinal"
        )
        explain, explain_id = ["explain", str(self.connection)], ["explain", self.temporary_id]
        figures = {
            WHOLE: self._select("SELECT sum(length(body)) FROM events"),
            ONE: self._select(rows),
            EXPLAIN: self._time(explain, 1),
            EXPLAIN_ID: self._time(explain_id, 1),
        }
        aside = self.recording.path("projections.db")
        os.rename(self._projections, aside)
        figures |= {
            EXPLAIN + WITHOUT: self._time(explain, 1),
            EXPLAIN_ID + WITHOUT: self._time(explain_id, 1),
        }
        os.rename(aside, self._projections)
        return figures | {
            SCAN: self._time(["scan"], 1),
            VERIFY: self._time(["verify", "--all"]),
            GREP: self._time(["grep", self.temporary_id]),
            GREP_REGEX: self._time(["grep", "connection [0-9]*77:"]),
            GREP_TYPE: self._time(["grep", "--type", "session_info"]),
        }

    def _time(self, arguments, status=0):
        return run_timed(self._stage.measured_core, [*self._replay, *arguments], expected=status)

    def _select(self, query):
        command = ["sqlite3", "-readonly", ":memory:"]
        return run_timed(self._stage.measured_core, command, self.recording.queries(query))


@part
class Postmortem(Part):
    name = "postmortem"
    summary = "what went wrong, found in a log of many connections"
    # `larger`: how many times larger the other log is, of which only memory counts.
    full = {"connections": 20_000, "larger": 5, "segment": 64 << 20, "age": 10}
    quick = {"connections": 4_000, "larger": 5, "segment": 16 << 20, "age": 10}
    smoke = {"connections": 300, "larger": 2, "segment": 1 << 20, "age": 1}

    log = larger = None

    def measure(self):
        sizes = self.sizes
        if self.log is None:
            self.log = self._make(sizes["connections"])
            self.larger = self._make(sizes["connections"] * sizes["larger"])
            for command, figures in self.larger.measure().items():
                self.samples.add((command, "larger"), figures)
        for command, figures in self.log.measure().items():
            self.samples.add(command, figures)

    def _make(self, connections):
        return PlantedLog(self.stage, connections, self.sizes["segment"], self.sizes["age"])

    def report(self):
        rows, peaks = [], []
        commands = [WHOLE, ONE, EXPLAIN, EXPLAIN_ID, EXPLAIN + WITHOUT, EXPLAIN_ID + WITHOUT]
        for command in [*commands, SCAN, VERIFY, GREP, GREP_REGEX, GREP_TYPE]:
            seconds, cpu = (self.samples.median(command, name) for name in ("seconds", "cpu"))
            ratio = self.samples.ratio(command, WHOLE, "seconds")
            memory = [self.samples.largest(key, "peak") for key in (command, (command, "larger"))]
            figures = [seconds * 1000, cpu * 1000, ratio] + [peak / 1024 for peak in memory]
            rows.append([command, *map(number, figures)])
            if command not in (WHOLE, ONE):
                peaks += memory
        explain = self.samples.median(EXPLAIN_ID, "seconds") * 1000
        goals = [("explain, with projections, ms", "at most", 50, explain)]
        goals += [
            (f"{name} / sqlite3, time", "at most", bound, self.samples.ratio(key, WHOLE, "seconds"))
            for name, key, bound in (
                ("grep of a text", GREP, 3),
                ("scan", SCAN, 10),
                ("verify", VERIFY, 10),
            )
        ]
        goals.append(("peak of memory, MiB", "at most", 190, max(peaks) / 1024))
        head = ["", "ms", "CPU ms", "time / sqlite3", "peak, MiB"]
        head.append(f"peak, log {self.sizes['larger']} times as large")
        made, failures = self.log.recording, self.log.failures.total()
        size = (
            f"{made.events:,} events in {made.connections:,} connections and"
            f" {len(made.segments)} segments, {failures:,} failures:"
        )
        return "\n\n".join([size, table(head, rows), targets(goals)])

    def finish(self):
        for log in (self.log, self.larger):
            if log:
                log.recording.remove()
