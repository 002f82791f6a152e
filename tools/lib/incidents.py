"""Records incidents, and has them happen again."""

import argparse
import os
import sys
import tempfile
import traceback

import incidents_again
from incident_cases import INCIDENTS
from incidents_scene import Scene


def record(programs, folder, chosen):
    """Lets each incident happen; whether all did."""
    failed = 0
    for incident in chosen:
        try:
            scene = Scene(programs, folder, incident)
            try:
                incident.act(scene)
                if incident.is_open:
                    incidents_again.export(programs, scene.log, incident)
            finally:
                scene.stop()
            if not incident.is_open:
                incidents_again.export(programs, scene.log, incident)
            print(f"  {incident.name}")
        except Exception as fault:
            failed += 1
            print(f"✗ {incident.name}: {fault or type(fault).__name__}")
            traceback.print_exc()
    return failed


def main():
    parser = argparse.ArgumentParser(prog="incidents", add_help=False)
    parser.add_argument("command", choices=("record", "reproduce"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--programs", required=True)
    parser.add_argument("--bundles", required=True)
    options = parser.parse_args()
    unknown = set(options.names) - {incident.name for incident in INCIDENTS}
    if unknown:
        parser.error(f"no such incident: {' '.join(sorted(unknown))}")
    chosen = [one for one in INCIDENTS if not options.names or one.name in options.names]
    incidents_again.BUNDLES = options.bundles
    with tempfile.TemporaryDirectory(prefix="incidents-") as folder:
        work = record if options.command == "record" else incidents_again.reproduce
        failed = work(options.programs, os.environ.get("INCIDENT_LOGS", folder), chosen)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
