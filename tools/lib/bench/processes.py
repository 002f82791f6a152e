"""Processes on cores of their own, and what the system says of them."""

import os
import re
import select
import signal
import subprocess
import tempfile
import time

from starting import environment, port_in

PATIENCE = 30
TICKS = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """Something that makes the figures worthless."""


class Process:
    """A program that runs until it is stopped; its output goes to a file."""

    running = []

    def __init__(self, scratch, cores, command, settings=None, **streams):
        self.name = os.path.basename(command[0])
        self._path = os.path.join(scratch, f"output-{time.monotonic_ns()}")
        self._output = open(self._path, "w+b")
        empty = os.path.join(scratch, "empty")
        os.makedirs(empty, exist_ok=True)
        self.process = subprocess.Popen(
            command,
            cwd=empty,
            env=environment(settings or {}),
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
            **{"stdout": self._output, "stderr": self._output} | streams,
        )
        self.pid = self.process.pid
        Process.running.append(self)

    def output(self):
        """What it has said so far, at most the first 64 KiB."""
        with open(self._path, "rb") as file:
            return file.read(65536).decode(errors="replace")

    def port(self):
        """The port it listens on, when it has said so."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if port := port_in(self.output()):
                return port
            time.sleep(0.01)
        raise BenchError(f"{self.name} does not start:\n{self.output()}")

    def cpu_seconds(self):
        """User and system time so far, of all its threads (proc(5): utime, stime)."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self, name="VmRSS"):
        """Resident memory in KiB; `VmHWM`: the most it ever was, or since reset_peak()."""
        return memory_of(self.pid, name)

    def reset_peak(self):
        with open(f"/proc/{self.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")

    def stop(self):
        """Asks it to end, and ends it when it does not."""
        if self in Process.running:
            Process.running.remove(self)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self._output):
            if stream:
                stream.close()
        if os.path.exists(self._path):
            os.remove(self._path)


def stop_all():
    for process in list(Process.running):
        process.stop()


def run_timed(cores, command, text="", expected=0):
    """Runs a program to its end; its wall time, CPU time and peak of memory in KiB.

    `expected` is the status that it must end with.
    Its output is thrown away, except for what it says of an error.
    """
    with tempfile.TemporaryFile() as errors:
        begin = time.monotonic()
        process = subprocess.Popen(
            command,
            env=environment({}),
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            process.stdin.write(text.encode())
            process.stdin.close()
            peak = watch_peak(process.pid)
            seconds = time.monotonic() - begin
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        if process.returncode != expected:
            errors.seek(0)
            said = errors.read(4096).decode(errors="replace")
            raise BenchError(f"{' '.join(command)}: status {process.returncode}\n{said}")
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": peak}


def watch_peak(pid):
    """Waits for the end of a process; the most memory it has had, KiB, looked at each millisecond.

    (What the system reports at the end, ru_maxrss, is never less than our own.)
    """
    descriptor, peak = os.pidfd_open(pid), 0
    try:
        while not select.select([descriptor], [], [], 0.001)[0]:
            peak = max(peak, memory_of(pid, "VmHWM"))
    finally:
        os.close(descriptor)
    return peak


def memory_of(pid, name):
    """A line of proc(5)'s `status` in KiB; 0 when the process has ended."""
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
        found = re.search(rf"{name}:\s+(\d+) kB", file.read())
    return int(found[1]) if found else 0
