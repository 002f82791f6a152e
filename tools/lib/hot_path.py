"""Measures what a chunk and a turn cost the gateway: see tools/hot-path."""

import atexit
import collections
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

from starting import environment, port_in

GATEWAY, YARDSTICKS, SCRATCH = sys.argv[1:4]
FUNCTIONS = int(sys.argv[4])
CONNECTIONS = 64
TURNS, CHUNKS = 4, 50
MORE_TURNS, MORE_CHUNKS = 12, 250
PATIENCE = 60


def port_of(process, path):
    """The port that a program says it listens on."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with open(path, encoding="utf-8", errors="replace") as output:
            if port := port_in(output.read()):
                return port
        time.sleep(0.05)
    sys.exit(f"hot-path: {path} names no port")


def start(name, command, **variables):
    """Starts a program with its output in a file; gives it and its port."""
    path = os.path.join(SCRATCH, f"{name}.out")
    with open(path, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=environment(variables), cwd=SCRATCH
        )
    # None outlives this process, however that ends.
    atexit.register(lambda: process.poll() is not None or stop(process, signal.SIGKILL))
    return process, port_of(process, path)


def stop(process, how=signal.SIGTERM):
    """Ends a program, or the one that runs inside of it (strace waits for its own)."""
    with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
        children = file.read().split()
    for pid in children or [process.pid]:
        os.kill(int(pid), how)
    process.wait(PATIENCE)


def run(wrapper, turns, chunks, end=signal.SIGTERM, **variables):
    """Lets the gateway, inside of a wrapper, serve so many turns; gives frames and turns."""
    log = os.path.join(SCRATCH, "log")
    agent, agent_port = start("agent", [os.path.join(YARDSTICKS, "agent"), "0"])
    gateway, port = start(
        "gateway",
        wrapper + [GATEWAY],
        GATEWAY__HOST="127.0.0.1",
        PORT="0",
        GATEWAY__AGENT_URL=f"http://127.0.0.1:{agent_port}",
        GATEWAY__LOG_DIR=log,
        GATEWAY__LOG_SYNC="normal",
        **variables,
    )
    options = {"connections": CONNECTIONS, "turns": turns, "chunks": chunks}
    found = subprocess.run(
        [os.path.join(YARDSTICKS, "ides"), str(port)]
        + [f"--{name}={value}" for name, value in options.items()],
        input=b"\n",
        stdout=subprocess.PIPE,
        check=True,
    )
    stop(gateway, end)
    stop(agent)
    shutil.rmtree(log)
    result = json.loads(found.stdout.splitlines()[-1])
    if result["errors"]:
        sys.exit("hot-path: the gateway did not answer as it must")
    return result["frames"], result["turns"]


def costs(measure):
    """What a chunk and a turn without chunks cost, of all that `measure` counts."""
    base, (frames, turns) = measure(TURNS, CHUNKS)
    longer, (more_frames, _) = measure(TURNS, MORE_CHUNKS)
    later, (_, more_turns) = measure(MORE_TURNS, CHUNKS)
    names = set(base) | set(longer) | set(later)
    chunk = {n: (longer[n] - base[n]) / (more_frames - frames) for n in names}
    turn = {n: (later[n] - base[n]) / (more_turns - turns) - CHUNKS * chunk[n] for n in names}
    return chunk, turn


def instructions(turns, chunks):
    """Instructions by library and function."""
    path = os.path.join(SCRATCH, "callgrind.out")
    wrapper = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={path}"]
    served = run(wrapper, turns, chunks)
    return read_callgrind(path), served


def read_callgrind(path):
    """The cost of each function itself, by the format's own description (callgrind-format)."""
    names = {"ob": {}, "fn": {}}
    place = {"ob": "?", "fn": "?"}
    counts = collections.Counter()
    is_call = False
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if found := re.match(r"(c?)(ob|fn)=\((\d+)\)(?: (.*))?", line):
                if found[4]:
                    names[found[2]][found[3]] = found[4]
                if not found[1]:
                    place[found[2]] = names[found[2]][found[3]]
            elif line.startswith("calls="):
                is_call = True
            elif line[0] in "0123456789+-*":
                if not is_call:
                    library = os.path.basename(place["ob"])
                    counts[library, place["fn"]] += int(line.split()[1])
                is_call = False
    return counts


def allocations(turns, chunks):
    """Calls and bytes."""
    path = os.path.join(SCRATCH, "allocations.json")
    library = os.path.join(SCRATCH, "allocations.so")
    served = run([], turns, chunks, LD_PRELOAD=library, ALLOCATIONS_FILE=path)
    with open(path, encoding="ascii") as file:
        return collections.Counter(json.load(file)), served


def system_calls(turns, chunks):
    """Calls by name."""
    path = os.path.join(SCRATCH, "strace.out")
    wrapper = ["strace", "-f", "-c", "-U", "name,calls", "-o", path]
    # Killed: a stop in good order would read and write the whole log again.
    served = run(wrapper, turns, chunks, end=signal.SIGKILL)
    counts = collections.Counter()
    with open(path, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if len(words) == 2 and words[1].isdigit() and words[0] != "total":
                counts[words[0]] += int(words[1])
    return counts, served


def readable(names):
    """Names of functions as the source has them, where Swift is there to say."""
    if not shutil.which("swift"):
        return names
    said = subprocess.run(
        ["swift", "demangle", "--simplified"],
        input="\n".join(names),
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.splitlines()


def table(head, rows):
    print(f"\n| {head} | a chunk | a turn besides |\n|---|---:|---:|")
    for name, chunk, turn in rows:
        digits = 0 if abs(chunk) >= 10 else 3
        print(f"| {name} | {chunk:,.{digits}f} | {turn:,.1f} |")


def main():
    chunk, turn = costs(instructions)
    libraries = collections.Counter(), collections.Counter()
    for key in chunk:
        libraries[0][key[0]] += chunk[key]
        libraries[1][key[0]] += turn[key]
    rows = [("all", sum(chunk.values()), sum(turn.values()))]
    rows += [(name, count, libraries[1][name]) for name, count in libraries[0].most_common(4)]
    table("instructions", rows)
    most = sorted(chunk, key=lambda key: -chunk[key])[:FUNCTIONS]
    names = readable([f"{library}: {name}" for library, name in most])
    table("function", [(f"`{n}`", chunk[key], turn[key]) for n, key in zip(names, most)])
    chunk, turn = costs(allocations)
    table("heap", [(name, chunk[name], turn[name]) for name in ("allocations", "bytes")])
    chunk, turn = costs(system_calls)
    most = [name for name in chunk if abs(chunk[name]) > 0.0005 or abs(turn[name]) > 0.05]
    most.sort(key=lambda name: -turn[name] - CHUNKS * chunk[name])
    rows = [("all", sum(chunk.values()), sum(turn.values()))]
    table("system calls", rows + [(name, chunk[name], turn[name]) for name in most])


main()
