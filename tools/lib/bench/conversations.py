"""The parts in which IDEs talk: throughput, paced, idle, limits, loops."""

import time

from figures import number, table, targets
from parts import Part, part
from processes import PATIENCE, BenchError
from stage import CONTESTANTS, FULL, NORMAL, RELAY, RELAY_FULL, RELAY_LOG, Scene


@part
class Throughput(Part):
    name = "throughput"
    summary = "frames a second and CPU time of a frame, chunks as fast as they are taken"
    full = {"connections": [1, 16, 64, 512], "seconds": 2}
    quick = {"connections": [1, 64], "seconds": 1}
    smoke = {"connections": [4], "seconds": 1}

    # What does not wait for the disk, and what does.
    unwaiting = [RELAY, RELAY_LOG, NORMAL]
    waiting = [RELAY_FULL, FULL]

    def measure(self):
        for connections in self.sizes["connections"]:
            for between in self.unwaiting + self.waiting:
                with Scene(self.stage, between) as scene:
                    self.samples.add(
                        (between, connections),
                        scene.run_swarm(
                            connections=connections,
                            turns=1_000_000_000,
                            seconds=self.sizes["seconds"],
                        ),
                    )

    def report(self):
        return "\n\n".join(
            [
                "Frames a second:",
                self._table("frames_per_s"),
                "Frames a second where each commit waits for the disk:",
                self._table_of_the_disk(),
                "CPU µs a frame:",
                self._table("cpu_us"),
                targets(self._targets()),
            ]
        )

    def _table(self, name):
        shown = self.unwaiting if name == "frames_per_s" else self.unwaiting + self.waiting
        rows = []
        for count in self.sizes["connections"]:
            row = [str(count)]
            row += [number(self.samples.median((between, count), name)) for between in shown]
            row.append(self._ratio(NORMAL, RELAY_LOG, count, name))
            if name == "frames_per_s":
                row.append(f"{self.samples.median((RELAY, count), 'load'):.0%}")
            rows.append(row)
        head = ["connections", *shown, "normal / relay with log"]
        return table(head + (["load's core, relay"] if name == "frames_per_s" else []), rows)

    def _table_of_the_disk(self):
        name = "frames_per_s"
        head = ["connections", *self.waiting]
        head += ["gateway / relay", "full / normal, relay", "full / normal, gateway"]
        rows = [
            [
                str(count),
                *(number(self.samples.median((one, count), name)) for one in self.waiting),
                self._ratio(FULL, RELAY_FULL, count, name),
                self._ratio(RELAY_FULL, RELAY_LOG, count, name),
                self._ratio(FULL, NORMAL, count, name),
            ]
            for count in self.sizes["connections"]
        ]
        return table(head, rows)

    def _ratio(self, one, other, count, name):
        return number(self.samples.ratio((one, count), (other, count), name))

    def _targets(self):
        counts = self.sizes["connections"]
        for count in counts:
            if count >= 16:
                ratio = self.samples.ratio((NORMAL, count), (RELAY_LOG, count), "cpu_us")
                yield f"CPU of a frame / relay's with log, {count}", "at most", 2, ratio
        for count in counts:
            ratio = self.samples.ratio((NORMAL, count), (RELAY_LOG, count), "frames_per_s")
            yield f"frames/s / relay's with log, {count}", "at least", 0.5, ratio
        for count in counts:
            if count >= 64:
                ratio = self.samples.ratio((FULL, count), (NORMAL, count), "frames_per_s")
                yield f"frames/s, full / normal, {count}", "at least", 0.8, ratio


@part
class Paced(Part):
    name = "paced"
    summary = "delay of a chunk at 10,000 chunks a second, while segments of the log roll"
    full = {"connections": 200, "turns": 10, "chunks": 100}
    quick = {"connections": 200, "turns": 2, "chunks": 100}
    smoke = {"connections": 10, "turns": 1, "chunks": 20}

    # About 40 MB of events: several segments.
    settings = {"GATEWAY__LOG_SEGMENT_BYTES": str(8 << 20)}

    def measure(self):
        for between in CONTESTANTS:
            settings = self.settings if between in (NORMAL, FULL) else {}
            with Scene(self.stage, between, **settings) as scene:
                found = scene.run_swarm(pace_us=20_000, **self.sizes)
                self.samples.add(between, found | {"segments": scene.segments()})

    def report(self):
        rows = []
        for between in CONTESTANTS:
            row = [between]
            row += [number(self.samples.median(between, name)) for name in ("p50", "p99", "p999")]
            row += [number(self.samples.largest(between, name)) for name in ("max", "max_of_all")]
            row.append(f"{self.samples.median(between, 'left_alone'):.0%}")
            row.append(number(self.samples.median(between, "cpu_us")))
            has_log = between in (NORMAL, FULL)
            row.append(number(self.samples.median(between, "segments")) if has_log else "–")
            rows.append(row)
        head = ["", "p50 µs", "p99 µs", "p99.9 µs", "max µs (all runs)", "with pauses of the host"]
        head += ["left alone", "CPU µs a frame", "segments"]
        longest = {name: self.samples.largest(name, "max") / 1000 for name in (RELAY, NORMAL)}
        goals = [
            ("median delay / relay's", "at most", 2, self.samples.ratio(NORMAL, RELAY, "p50")),
            ("p99 delay / relay's", "at most", 2, self.samples.ratio(NORMAL, RELAY, "p99")),
            # What has no log, and yet is slower, tells of pauses that no tick does.
            (
                "longest delay, ms: 20, or relay's if that is longer",
                "at most",
                max(20, longest[RELAY]),
                longest[NORMAL],
            ),
            (
                "CPU of a frame / relay's with log",
                "at most",
                2,
                self.samples.ratio(NORMAL, RELAY_LOG, "cpu_us"),
            ),
            ("segments", "at least", 4, self.samples.median(NORMAL, "segments")),
        ]
        return table(head, rows) + "\n\n" + targets(goals)


@part
class Idle(Part):
    name = "idle"
    summary = "memory of idle WebSockets, and how fast they open"
    full = {"connections": 10_000, "settle": 1}
    quick = {"connections": 10_000, "settle": 1}
    smoke = {"connections": 100, "settle": 0}

    def measure(self):
        connections = self.sizes["connections"]
        for between in CONTESTANTS:
            with Scene(self.stage, between) as scene:
                memory, cpu = scene.between.memory(), scene.between.cpu_seconds()
                swarm = scene.open_swarm(connections=connections, turns=0)
                if swarm.opened != connections:
                    raise BenchError(f"{swarm.opened} of {connections} connections opened")
                # What opening leaves to be done is done by then.
                time.sleep(self.sizes["settle"])
                self.samples.add(
                    between,
                    {
                        "kib": (scene.between.memory() - memory) / connections,
                        "opened_per_s": connections / swarm.opening_seconds,
                        "cpu_us": (scene.between.cpu_seconds() - cpu) / connections * 1e6,
                    },
                )

    def report(self):
        names = ("kib", "opened_per_s", "cpu_us")
        rows = [
            [between] + [number(self.samples.median(between, name)) for name in names]
            for between in CONTESTANTS
        ]
        head = ["", "KiB each", "opened a second", "CPU µs to open one"]
        rate = self.samples.ratio(NORMAL, RELAY, "opened_per_s")
        goals = [
            ("memory of an idle WebSocket, KiB", "at most", 6, self.samples.median(NORMAL, "kib")),
            ("opening rate / relay's", "at least", 0.5, rate),
        ]
        count = f"{self.sizes['connections']:,} connections:"
        return "\n\n".join([count, table(head, rows), targets(goals)])


@part
class Limits(Part):
    name = "limits"
    summary = "slow readers beside fast ones, and messages of 16 MiB"
    full = {"fast": 64, "slow": 64, "seconds": 2, "message": 16 << 20}
    quick = {"fast": 64, "slow": 64, "seconds": 1, "message": 16 << 20}
    smoke = {"fast": 4, "slow": 4, "seconds": 1, "message": 1 << 20}

    # Less than the limit by what stands around the token or the text.
    margin = 1024

    def measure(self):
        # What slow readers have left behind is not waited for at the end.
        settings = {"GATEWAY__ON_DISCONNECT": "cancel", "GATEWAY__DRAIN_TIMEOUT": "0"}
        with Scene(self.stage, NORMAL, **settings) as scene:
            alone = self._fast(scene)
            memory = scene.between.memory()
            swarm = scene.open_swarm(connections=self.sizes["slow"], slow=1024, chunks=1_000_000)
            swarm.begin()
            self._wait_until_full(scene)
            beside = self._fast(scene)
            grown = scene.between.memory() - memory
            swarm.end()
        self.samples.add(
            "slow",
            {
                "frames_per_s": beside["frames_per_s"] / alone["frames_per_s"],
                "mib": grown / 1024 / self.sizes["slow"],
            },
        )
        with Scene(self.stage, NORMAL) as scene:
            size = self.sizes["message"] - self.margin
            for name, options in (("up", {"message_bytes": size}), ("down", {"token_bytes": size})):
                scene.between.reset_peak()
                memory = scene.between.memory()
                scene.run_swarm(chunks=1, **options)
                peak = scene.between.memory("VmHWM")
                self.samples.add(name, {"times": (peak - memory) * 1024 / self.sizes["message"]})

    @staticmethod
    def _wait_until_full(scene):
        """Until all buffers on the way to the slow readers are full, and nothing moves."""
        end = time.monotonic() + PATIENCE
        used = 0.0
        while time.monotonic() < end:
            before, used = used, scene.between.cpu_seconds()
            if 0 < used <= before + 0.02:
                return
            time.sleep(0.25)
        raise BenchError("the gateway does not come to rest beside slow readers")

    def _fast(self, scene):
        return scene.run_swarm(
            connections=self.sizes["fast"], turns=1_000_000_000, seconds=self.sizes["seconds"]
        )

    def report(self):
        slow, mib = self.sizes["slow"], self.sizes["message"] >> 20
        share = self.samples.median("slow", "frames_per_s")
        goals = [
            (f"frames/s with {slow} slow readers / without", "at least", 0.8, share),
            # 1 MiB of its own, and its share of what all of them cost.
            ("memory of a slow reader, MiB", "at most", 1.65, self.samples.median("slow", "mib")),
            (
                f"growth / size, message of {mib} MiB",
                "at most",
                4,
                self.samples.median("up", "times"),
            ),
            (
                f"growth / size, chunk of {mib} MiB",
                "at most",
                4,
                self.samples.median("down", "times"),
            ),
        ]
        return targets(goals)


@part
class Loops(Part):
    name = "loops"
    summary = "two loops against one, both on the same two cores with the load"
    full = {"connections": 64, "seconds": 3}
    quick = {"connections": 64, "seconds": 1}
    smoke = {"connections": 4, "seconds": 1}

    def measure(self):
        cores = self.stage.measured_core | self.stage.load_core
        for loops in (1, 2):
            settings = {"GATEWAY__LOOPS": str(loops)}
            with Scene(self.stage, NORMAL, cores, cores, **settings) as scene:
                found = scene.run_swarm(turns=1_000_000_000, **self.sizes)
                self.samples.add(loops, found)

    def report(self):
        rows = [
            [str(loops)]
            + [number(self.samples.median(loops, name)) for name in ("frames_per_s", "cpu_us")]
            + [f"{self.samples.median(loops, 'load'):.0%}"]
            for loops in (1, 2)
        ]
        head = ["loops", "frames/s", "gateway's CPU µs a frame", "load's CPU, of one core"]
        ratio = self.samples.ratio(2, 1, "frames_per_s")
        goals = [("frames/s, two loops / one", "at least", 1, ratio)]
        return table(head, rows) + "\n\n" + targets(goals)
