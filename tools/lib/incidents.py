"""Records incidents, and has them happen again."""

import os
import sys
import tempfile
import traceback

import command_line
import incident_page
import incidents_again
from incident_cases import INCIDENTS
from incident_forgery import FORGERIES
from incidents_scene import Scene
from tally import Tally


def forge(programs, chosen, tally):
    """Makes the incidents that are made by hand."""
    for made in chosen:
        try:
            incidents_again.forge(programs, made)
            tally.check(True, made.name)
        except Exception as fault:  # Whatever it is, the others are made.
            tally.check(False, f"{made.name}: {fault or type(fault).__name__}")


def record(programs, folder, chosen, tally):
    """Lets each incident happen."""
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
            tally.check(True, incident.name)
        except Exception as fault:  # Whatever it is, the others are recorded.
            place = traceback.extract_tb(fault.__traceback__)[-1]
            words = str(fault) or type(fault).__name__
            tally.check(False, f"{incident.name}: {words} ({place.name}, line {place.lineno})")


def main():
    parser = command_line.parser("incidents")
    parser.add_argument("command", choices=("record", "reproduce"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--bundles", required=True)
    options = parser.parse_args()
    everything = INCIDENTS + FORGERIES
    unknown = set(options.names) - {one.name for one in everything}
    if unknown:
        parser.error(f"no such incident: {' '.join(sorted(unknown))}")
    chosen = [one for one in everything if not options.names or one.name in options.names]
    made = [one for one in chosen if one in FORGERIES]
    chosen = [one for one in chosen if one not in made]
    incidents_again.BUNDLES = options.bundles
    folder = tempfile.mkdtemp(prefix=f"incidents-{options.command}-", dir=options.logs)
    tally = Tally(shows_all=True)
    if options.command == "record":
        record(options.programs, folder, chosen, tally)
        forge(options.programs, made, tally)
        incident_page.write(os.path.join(options.bundles, "README.md"), INCIDENTS, FORGERIES)
    else:
        incidents_again.reproduce(options.programs, folder, chosen, tally)
        for one in made:
            print(f"- {one.name}: not run again: made by hand")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
