"""The machine that figures come from, as far as they depend on it."""

import os
import platform
import re
import sqlite3
import statistics
import subprocess
import time


def facts(stage):
    """A list in Markdown."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*:\s*(.*)", file.read())
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    disk = _output(["df", "--output=fstype", stage.scratch]).split()[-1]
    median, slow = sync_times(stage.scratch)
    lines = [
        f"{cores} cores, {model[1] if model else platform.machine()}, {memory:.0f} GiB",
        f"Linux {platform.release()}, SQLite {sqlite3.sqlite_version}",
        f"log on {disk}: 4 KiB written and synced in {median:.0f} µs (p99 {slow:.0f} µs)",
    ]
    if cores < 2:
        lines.append("**one core for the measured program and for the load: compare nothing**")
    return "\n".join(f"- {line}" for line in lines)


def occasion(root, sizes, runs):
    """When figures were taken, of what, and how often."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    commit = _output(["git", "-C", root, "describe", "--always", "--dirty"])
    counted = "one run" if runs == 1 else f"medians of {runs} runs"
    return f"_{day}, commit {commit}, {sizes} size, {counted}._"


def sync_times(folder, count=200):
    """Median and 99th percentile, in µs, of a write of 4 KiB with fdatasync."""
    path = os.path.join(folder, "sync")
    times = []
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        for _ in range(count):
            begin = time.monotonic_ns()
            os.write(file, bytes(4096))
            os.fdatasync(file)
            times.append((time.monotonic_ns() - begin) / 1000)
    finally:
        os.close(file)
        os.remove(path)
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


def _output(command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip() or "?"
