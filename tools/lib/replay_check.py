"""Runs every command of replay on a log and holds its output against the schemas."""

import argparse
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

import jsonschema

from tally import Tally

# What each command is run with: arguments, where TEMPORARY, SESSION and FILE are filled in, and the
# status it ends with. Each is run as it stands, and with --json, where each line must be an object
# that schema/replay/COMMAND.schema.json takes. sql is free of form and has none.
COMMANDS = {
    "list": [([], 0), (["--limit", "1"], 0)],
    "show": [
        (["TEMPORARY"], 0),
        (["SESSION"], 0),
        (["1", "--full"], 0),
        (["TEMPORARY", "--turn", "2", "--since", "1h"], 0),
        (["TEMPORARY", "--kind", "requestSent,chunkReceived"], 0),
    ],
    "explain": [(["TEMPORARY"], 0), (["SESSION"], 0), (["1"], 0)],
    "scan": [([], 0), (["--all"], 0), (["--since", "1h"], 0)],
    "state": [
        (["TEMPORARY"], 0),
        (["TEMPORARY", "--at", "1"], 0),
        (["1", "--at", "1h"], 0),
        (["1", "--diff", "1", "99999999"], 0),
        (["TEMPORARY", "--diff", "1h", "0s"], 0),
    ],
    "grep": [
        (["session_info"], 0),
        (["--type", "session_info"], 0),
        (["-i", "USER_[a-z]+", "--connection", "TEMPORARY", "--since", "1h"], 0),
        (["", "--count"], 0),
        (["", "--kind", "connectionOpened,requestSent"], 0),
        (["there is no such text"], 1),
    ],
    "sql": [
        (["SELECT * FROM events"], 0),
        (["SELECT kind, count(*) AS n, avg(at) FROM events GROUP BY kind"], 0),
    ],
    "verify": [([], 0), (["--all"], 0), (["SESSION"], 0)],
    "export": [
        (["TEMPORARY", "--format", format, "--redact", "--output", "EXPORT", "--force"], 0)
        for format in ("bundle", "ndjson", "har", "html")
    ],
    "project": [(["--output", "FILE"], 0)],
}
# Those that need a live partner: tools/incidents runs them.
ELSEWHERE = {"drive", "serve-agent"}
# What a format of an exported file has a schema for.
FILES = {"export-ndjson"}
# Those that may print nothing.
MAY_BE_EMPTY = {("grep", 1)}
WITHOUT_SCHEMA = {"sql"}

# What is wrong with a command line or an id.
REFUSED = [
    ([], 2),
    (["nonsense"], 2),
    (["show"], 2),
    (["show", "nobody-has-this"], 1),
    (["state", "nobody-has-this"], 1),
    (["state", "1", "--at", "soon"], 2),
    (["grep", "("], 2),
    (["grep"], 2),
    (["grep", "x", "--kind", "nonsense"], 2),
    (["sql", "DELETE FROM events"], 2),
    (["sql", "ATTACH 'x' AS x"], 2),
    (["verify", "nobody-has-this"], 1),
    (["project", "--output", "WITHIN"], 1),
]

# All that may stand in text besides what is printed: line ends, and tabs between columns.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Check:
    def __init__(self, options, tally):
        self.options = options
        self.expect = tally.check
        self.names = {
            "TEMPORARY": options.temporary,
            "SESSION": options.session,
            "FILE": f"{options.log}-projections.db",
            "WITHIN": f"{options.log}/events-00000000000000000099.db",
            "EXPORT": f"{options.log}-export",
        }

    def replay(self, arguments):
        arguments = [self.names.get(argument, argument) for argument in arguments]
        command = [self.options.replay, "--log", self.options.log, *arguments]
        return subprocess.run(command, capture_output=True, timeout=60, check=False)

    def text(self, command, arguments, status):
        run = self.replay([command, *arguments])
        what = f"replay {command} {' '.join(arguments)}"
        output = run.stdout.decode()
        self.expect(run.returncode == status, f"{what}: status {run.returncode}, {run.stderr!r}")
        self.expect(output or (command, status) in MAY_BE_EMPTY, f"{what}: no output")
        self.expect(not CONTROL.search(output), f"{what}: control characters")

    def json(self, command, arguments, status):
        run = self.replay([command, *arguments, "--json"])
        what = f"replay {command} {' '.join(arguments)} --json"
        self.expect(run.returncode == status, f"{what}: status {run.returncode}, {run.stderr!r}")
        if status == 0:
            self.expect(run.stderr == b"", f"{what}: complains {run.stderr!r}")
        lines = run.stdout.decode().splitlines()
        self.expect(lines or (command, status) in MAY_BE_EMPTY, f"{what}: no output")
        self.lines(what, lines, None if command in WITHOUT_SCHEMA else command)
        if command == "export" and "ndjson" in arguments:
            text = pathlib.Path(self.names["EXPORT"]).read_text()
            self.lines(f"{what}, the file", text.splitlines(), "export-ndjson")

    def lines(self, what, lines, schema):
        validator = None
        if schema:
            validator = jsonschema.Draft202012Validator(self.schema(schema))
        for line in lines:
            try:
                value = json.loads(line)
            except ValueError as error:
                self.expect(False, f"{what}: {error}: {line[:200]}")
                continue
            errors = list(validator.iter_errors(value)) if validator else []
            reason = errors[0].message[:300] if errors else ""
            self.expect(isinstance(value, dict) and not errors, f"{what}: {reason}: {line[:300]}")

    def schema(self, command):
        path = pathlib.Path(self.options.schemas) / f"{command}.schema.json"
        return json.loads(path.read_text())

    def schemas(self):
        """Each command has one, each member of an object is described and no other is allowed."""
        found = {path.name.split(".")[0] for path in pathlib.Path(self.options.schemas).iterdir()}
        wanted = set(COMMANDS) - WITHOUT_SCHEMA | ELSEWHERE | FILES
        self.expect(found == wanted, f"schemas and commands differ: {found ^ wanted}")
        for command in found & wanted:
            schema = self.schema(command)
            try:
                jsonschema.Draft202012Validator.check_schema(schema)
                self.expect(True, "")
            except jsonschema.SchemaError as error:
                self.expect(False, f"{command}: {error.message}")
            self.described(command, schema, schema.get("$defs", {}))

    def described(self, place, schema, definitions):
        if isinstance(schema, list):
            for part in schema:
                self.described(place, part, definitions)
        if not isinstance(schema, dict):
            return
        if "description" in schema and "properties" in schema:
            closed = schema.get("additionalProperties") is False
            self.expect(closed, f"{place}: other members are allowed")
            for name, member in schema["properties"].items():
                name_of_definition = str(member.get("$ref", "")).removeprefix("#/$defs/")
                member = definitions.get(name_of_definition, member)
                free = place.endswith("changes") and member == {"type": "string"}
                self.expect(free or "description" in member, f"{place}.{name} is not described")
                self.described(f"{place}.{name}", member, definitions)
        for name in ("oneOf", "items"):
            self.described(place, schema.get(name), definitions)
        for name, definition in schema.get("$defs", {}).items():
            self.described(f"{place}.{name}", definition, definitions)

    def commands(self):
        """All that the help lists are in the table, and have a help of their own."""
        usage = self.replay(["--help"]).stdout.decode()
        listed = set(re.findall(r"^  ([a-z][a-z-]*)\b", usage, re.MULTILINE)) - {"replay"}
        known = set(COMMANDS) | ELSEWHERE
        self.expect(listed == known, f"not in the table: {listed ^ known}")
        for command in sorted(listed):
            run = self.replay([command, "--help"])
            text = run.stdout.decode()
            self.expect(run.returncode == 0, f"{command} --help: status {run.returncode}")
            self.expect("examples:" in text, f"{command} --help: no examples")

    def run(self):
        before = self.contents()
        self.commands()
        self.schemas()
        for command, runs in COMMANDS.items():
            for arguments, status in runs:
                self.text(command, arguments, status)
                self.json(command, arguments, status)
        for arguments, status in REFUSED:
            run = self.replay(arguments)
            what = f"replay {' '.join(arguments)}"
            self.expect(run.returncode == status, f"{what}: status {run.returncode}")
            self.expect(run.stderr.startswith(b"replay: "), f"{what}: says {run.stderr!r}")
            self.expect(run.stdout == b"", f"{what}: prints {run.stdout[:200]!r}")
        nowhere = self.options.log + "/nowhere"
        command = [self.options.replay, "--log", nowhere, "list"]
        run = subprocess.run(command, capture_output=True, timeout=60, check=False)
        self.expect(run.returncode == 3, f"replay --log nowhere list: status {run.returncode}")
        if not self.options.live:
            self.expect(self.contents() == before, "the log has been changed")
            self.damaged()

    def damaged(self):
        """Findings are told in the form that the schema says."""
        self.options.log = shutil.copytree(self.options.log, f"{self.options.log}-damaged")
        first = min(pathlib.Path(self.options.log).glob("events-*.db"))
        with sqlite3.connect(first) as database:
            for change in (
                "DELETE FROM events WHERE position = (SELECT max(position) FROM events WHERE kind = 6)",
                "UPDATE events SET body = x'ff' WHERE position = 3",
            ):
                database.execute(change)
        database.close()
        self.text("verify", [], 1)
        self.json("verify", [], 1)
        self.text("show", ["1"], 0)
        self.json("show", ["1"], 0)

    def contents(self):
        segments = sorted(pathlib.Path(self.options.log).glob("events-*.db"))
        return [(segment.name, segment.read_bytes()) for segment in segments]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replay", required=True, help="the program")
    parser.add_argument("--log", required=True, help="the folder of the log")
    parser.add_argument("--schemas", required=True, help="the folder of the schemas")
    parser.add_argument("--temporary", required=True, help="a temporary id in the log")
    parser.add_argument("--session", required=True, help="the session that it became")
    parser.add_argument("--live", action="store_true", help="a gateway is writing the log")
    tally = Tally()
    Check(parser.parse_args(), tally).run()
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
