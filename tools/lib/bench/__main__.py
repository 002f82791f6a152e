"""The work of tools/bench; see there."""

import argparse
import os
import signal
import sys

import attribution  # noqa: F401 (adds its part)
import conversations  # noqa: F401 (adds its parts)
import delay  # noqa: F401 (adds its part)
import logs  # noqa: F401 (adds its parts)
import machine
import page
import postmortem  # noqa: F401 (adds its part)
from figures import Samples
from parts import PARTS
from processes import BenchError, stop_all
from stage import Stage


def arguments():
    parser = argparse.ArgumentParser(prog="bench", add_help=False)
    for name in ("root", "programs", "yardsticks", "scratch"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--sizes", choices=["full", "quick", "smoke"], default="full")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("parts", nargs="*")
    return parser.parse_args()


def choose(names):
    """The classes of these parts; of all that can be measured here when none is named."""
    chosen = []
    for name, cls in PARTS.items():
        if names and name not in names:
            continue
        if missing := cls.missing():
            if names:
                raise BenchError(f"{name}: {missing}")
            print(f"bench: {name} is left out: {missing}", file=sys.stderr)
            continue
        chosen.append(cls)
    return chosen


def measure(chosen, runs):
    """Each run goes through all parts, so that a slow hour of the machine falls on all alike."""
    for run in range(1, runs + 1):
        for part in chosen:
            print(f"bench: run {run} of {runs}: {part.name}", file=sys.stderr, flush=True)
            part.measure()


def main(options):
    if options.write and options.sizes == "smoke":
        raise BenchError("--smoke measures nothing that could be written: leave out --write")
    stage = Stage(options.programs, options.yardsticks, options.scratch)
    # This process waits beside the load.
    os.sched_setaffinity(0, stage.load_core | stage.measured_core)
    chosen = [cls(stage, getattr(cls, options.sizes), Samples()) for cls in choose(options.parts)]
    contents = {"machine": machine.facts(stage)}
    occasion = machine.occasion(options.root, options.sizes, options.runs)
    try:
        measure(chosen, options.runs)
        contents |= {part.name: f"{occasion}\n\n{part.report()}" for part in chosen}
    finally:
        stop_all()
        for part in chosen:
            part.finish()
    if options.sizes == "smoke":
        print(f"{len(chosen)} parts ran without an error; their figures mean nothing")
    else:
        for name, content in contents.items():
            print(f"\n## {name}\n\n{content}")
    pictures = [part.picture() for part in chosen if hasattr(part, "picture")]
    if options.write:
        documents = os.path.join(options.root, "docs")
        page.write(os.path.join(documents, "performance.md"), contents)
        for picture in pictures:
            with open(os.path.join(documents, "performance-delay.svg"), "w", encoding="utf-8") as f:
                f.write(picture)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main(arguments())
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
