"""Who takes part: the agent, the swarm of IDEs, and what stands between them."""

import glob
import json
import os
import shutil
import subprocess
import tempfile

from processes import BenchError, Process

# What can stand between the IDEs and the agent, by the names the tables have for it.
RELAY = "relay"
RELAY_LOG = "relay with log"
RELAY_FULL = "relay with log, full"
NORMAL = "gateway, normal"
FULL = "gateway, full"
# Those that most parts compare.
CONTESTANTS = [RELAY, RELAY_LOG, NORMAL, FULL]


class Stage:
    """The programs, and the cores: one for whatever is measured, the other for the load."""

    def __init__(self, programs, yardsticks, scratch):
        cores = sorted(os.sched_getaffinity(0))
        self.programs = programs
        self.yardsticks = yardsticks
        self.scratch = scratch
        self.measured_core = {cores[0]}
        self.load_core = {cores[1] if len(cores) > 1 else cores[0]}

    def yardstick(self, name):
        return os.path.join(self.yardsticks, name)

    def program(self, name):
        return os.path.join(self.programs, name)

    def folder(self):
        """An empty one."""
        return tempfile.mkdtemp(dir=self.scratch)


class Scene:
    """An agent and one program before it, until the end of a `with`."""

    def __init__(self, stage, between, cores=None, load_cores=None, **settings):
        self.stage = stage
        self.folder = stage.folder()
        self._load_cores = load_cores or stage.load_core
        self._swarms = []
        self.agent = Process(stage.scratch, self._load_cores, [stage.yardstick("agent"), "0"])
        agent_port = self.agent.port()
        cores = cores or stage.measured_core
        if between in (RELAY, RELAY_LOG, RELAY_FULL):
            command = [stage.yardstick("relay"), "0", str(agent_port)]
            if between != RELAY:
                command.append(os.path.join(self.folder, "log.db"))
            if between == RELAY_FULL:
                command.append("full")
            self.between = Process(stage.scratch, cores, command)
        else:
            settings = {
                "GATEWAY__HOST": "127.0.0.1",
                "PORT": "0",
                "GATEWAY__AGENT_URL": f"http://127.0.0.1:{agent_port}",
                "GATEWAY__LOG_DIR": os.path.join(self.folder, "log"),
                "GATEWAY__LOG_SYNC": "full" if between == FULL else "normal",
            } | settings
            self.between = Process(stage.scratch, cores, [stage.program("gateway")], settings)
        self.port = self.between.port()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self):
        """Stops everybody and leaves the log."""
        for swarm in self._swarms:
            swarm.close()
        self.between.stop()
        self.agent.stop()

    def segments(self):
        """How many files the gateway's log has."""
        return len(glob.glob(os.path.join(self.folder, "log", "events-*.db")))

    def open_swarm(self, **options):
        """IDEs, connected. Options as those of the program."""
        swarm = Swarm(self.stage, self._load_cores, self.port, options)
        self._swarms.append(swarm)
        return swarm

    def run_swarm(self, **options):
        """Lets IDEs have their turns; what they found, and what it cost whom."""
        swarm = self.open_swarm(**options)
        before, load = self.between.cpu_seconds(), self.agent.cpu_seconds()
        found = swarm.run()
        load = self.agent.cpu_seconds() - load + found["cpu"]
        cpu = self.between.cpu_seconds() - before
        swarm.close()
        return {
            "frames_per_s": found["frames"] / found["seconds"],
            "cpu_us": cpu / found["frames"] * 1e6,
            "load": load / found["seconds"],
            "frames": found["frames"],
        } | found["delay_us"]


class Swarm:
    """The program `ides`."""

    def __init__(self, stage, cores, port, options):
        command = [stage.yardstick("ides"), str(port)]
        for name, value in options.items():
            command += ["--" + name.replace("_", "-"), str(value)]
        self._process = Process(
            stage.scratch, cores, command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        opened = self._line()
        self.opened, self.opening_seconds = opened["opened"], opened["seconds"]

    def begin(self):
        self._process.process.stdin.write(b"\n")
        self._process.process.stdin.flush()

    def run(self):
        self.begin()
        return self.result()

    def result(self):
        """What they have found, when all answers have ended."""
        return self._line()

    def _line(self):
        line = self._process.process.stdout.readline()
        if not line:
            raise BenchError(f"the load program ended early:\n{self._process.output()}")
        found = json.loads(line)
        if found["errors"]:
            raise BenchError(f"{found['errors']} errors:\n{self._process.output()}")
        return found

    def end(self):
        """The end of a swarm of slow readers: what they found."""
        self._process.process.stdin.close()
        return self._line()

    def close(self):
        if not self._process.process.stdin.closed:
            self._process.process.stdin.close()
        self._process.stop()
