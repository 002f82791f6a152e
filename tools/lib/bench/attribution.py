"""The part that tells where the time goes: samples of the running gateway, by module."""

import collections
import os
import re
import shutil
import subprocess

from figures import number, table
from parts import Part, part
from processes import BenchError, Process
from stage import NORMAL, Scene

SYSTEM_CALLS = [
    ("kernel: to sockets", "send sendto sendmsg write writev"),
    ("kernel: from sockets", "recv recvfrom recvmsg read readv"),
    ("kernel: the log's files", "pwrite64 pread64 fsync fdatasync ftruncate fcntl mmap munmap"),
    ("kernel: waiting for sockets", "epoll_wait epoll_pwait epoll_pwait2 epoll_ctl"),
    ("kernel: between threads", "futex"),
]
KERNEL = {call: place for place, calls in SYSTEM_CALLS for call in calls.split()}


def place_of(frames):
    """Where a sample was taken. `frames` are pairs of symbol and object, the innermost first."""
    symbol, where = frames[0]
    if "kernel" in where or symbol.endswith("_[k]"):
        for name, _ in frames:
            if found := re.match(r"__(?:x64|arm64)_sys_(\w+)", name):
                return KERNEL.get(found[1], "kernel: other")
        return "kernel: other"
    if "sqlite" in where:
        return "SQLite"
    if re.match(r"_*(mem(move|cpy|set|cmp|chr)|bcmp)", symbol):
        return "copying and comparing bytes (libc)"
    if re.match(r"_*(int_)?(libc_)?(malloc|free|realloc|calloc|posix_memalign)", symbol):
        return "allocation (libc)"
    if "/libc" in where or "vdso" in where:
        return "libc, other"
    if found := re.match(r"\$s(\d+)(\w+)", symbol):
        return found[2][: int(found[1])]
    return "Swift runtime and standard library"


@part
class Profile(Part):
    name = "profile"
    summary = "where the gateway's time goes, by perf"
    full = {"connections": 64, "seconds": 3}
    quick = {"connections": 64, "seconds": 2}
    smoke = {"connections": 4, "seconds": 1}

    @classmethod
    def missing(cls):
        """Why it cannot be measured here, or nothing."""
        if not shutil.which("perf"):
            return "perf is missing"
        command = ["perf", "record", "-q", "-o", "/dev/null", "true"]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return "perf may not record here"
        return None

    def measure(self):
        with Scene(self.stage, NORMAL) as scene:
            file = os.path.join(scene.folder, "perf.data")
            scene.run_swarm(turns=1_000_000_000, **self.sizes | {"seconds": 1})
            command = ["perf", "record", "-q", "-F", "999", "-g", "-o", file]
            command += ["-p", str(scene.between.pid)]
            recorder = Process(self.stage.scratch, self.stage.load_core, command)
            found = scene.run_swarm(turns=1_000_000_000, **self.sizes)
            recorder.stop()
            shares = self._shares(file)
        for place, share in shares.items():
            self.samples.add(place, {"share": share, "cpu_us": share * found["cpu_us"]})

    @staticmethod
    def _shares(file):
        command = ["perf", "script", "-i", file, "-F", "ip,sym,dso"]
        text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        counts = collections.Counter()
        for sample in text.split("\n\n"):
            frames = re.findall(r"^\s+[0-9a-f]+ (.*) \(([^()]*)\)$", sample, re.MULTILINE)
            if frames:
                counts[place_of(frames)] += 1
        if not counts:
            raise BenchError("perf has recorded nothing")
        return {place: count / counts.total() for place, count in counts.items()}

    def report(self):
        rows = [
            [place, f"{self.samples.median(place, 'share'):.1%}"]
            + [number(self.samples.median(place, "cpu_us"))]
            for place in self.samples.keys("share")
        ]
        return table(["", "share", "CPU µs a frame"], rows)
