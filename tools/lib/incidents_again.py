"""Exports of incidents as bundles, and the same incidents once more: the agent is `replay serve-agent`,
the IDEs are `replay drive`, and the gateway is a new one."""

import atexit
import json
import os
import re
import subprocess
import threading
import time

import gateway_process
import incident_forgery
import jsonschema
from incidents_scene import SETTINGS, all_ended, wait_for_events

BUNDLES = None
SCHEMAS = os.path.join(os.path.dirname(__file__), "../../schema/replay")


def bundle_of(incident):
    return os.path.join(BUNDLES, f"{incident.name}.bundle")


def replay(programs, log, *arguments):
    """Exit status, lines of standard output, and standard error of a command."""
    result = subprocess.run(
        [os.path.join(programs, "replay"), "--log", log, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout.splitlines(), result.stderr


def connections(programs, log):
    """The connections of a log as `replay list` has them."""
    return [json.loads(line) for line in replay(programs, log, "list", "--json")[1]]


def explain(programs, log):
    """All verdicts on a log's one dialogue, as objects."""
    first = connections(programs, log)[0]
    name = first["path_id"] or str(first["connection"])
    status, lines, errors = replay(programs, log, "explain", name, "--json")
    if status not in (0, 1):
        raise AssertionError(f"replay explain: {errors}")
    return [json.loads(line) for line in lines]


def verdicts(programs, log):
    """The names of all verdicts on a log's one dialogue, sorted."""
    return sorted(verdict["verdict"] for verdict in explain(programs, log))


def findings(programs, log):
    """The names of what `replay verify` finds, sorted."""
    lines = [json.loads(line) for line in replay(programs, log, "verify", "--json")[1]]
    return sorted(line["finding"] for line in lines if "finding" in line)


def forge(programs, made):
    """Makes the bundle of a forgery, if it is what it is to be."""
    path = bundle_of(made)
    origin = os.path.join(BUNDLES, f"{made.origin}.bundle")
    database = incident_forgery.forge(made, origin, path)
    found = explain(programs, path)
    incident_forgery.say_verdicts(database, [(one["connection"], one["verdict"]) for one in found])
    for name, is_there, wanted in (
        ("verdicts", verdicts(programs, path), made.expected),
        ("findings", findings(programs, path), made.findings),
    ):
        if is_there != wanted:
            raise AssertionError(f"{name} {is_there}, not {wanted}")


def export(programs, log, incident):
    """Makes the incident's bundle of its log, if it is what it is to be."""
    found = verdicts(programs, log)
    if found != incident.expected:
        raise AssertionError(f"verdicts {found}, not {incident.expected}")
    first = connections(programs, log)[0]
    path = bundle_of(incident)
    if os.path.exists(path):
        os.remove(path)
    status, _, errors = replay(
        programs, log, "export", first["path_id"], "--format", "bundle", "--output", path
    )
    if status != 0:
        raise AssertionError(f"replay export: {errors}")
    incident_forgery.forget_place(path, log)
    kept = verdicts(programs, path)
    if kept != found:
        raise AssertionError(f"verdicts of the bundle {kept}, of the log {found}")
    if bad := findings(programs, path):
        raise AssertionError(f"replay verify: {bad}")


class Program:
    """A command of replay that runs while others do; its lines as they come."""

    def __init__(self, programs, log, *arguments):
        self._process = subprocess.Popen(
            [os.path.join(programs, "replay"), "--log", log, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        # It does not outlive this process, however that ends.
        atexit.register(self._process.kill)
        self.lines, self.errors = [], []
        self._said = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=pair, daemon=True)
            for pair in ((self._process.stdout, self.lines), (self._process.stderr, self.errors))
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream, lines):
        for line in stream:
            with self._said:
                lines.append(line.rstrip("\n"))
                self._said.notify_all()

    def wait_for(self, lines, what):
        """The first line that holds a text."""
        with self._said:
            found = lambda: next((line for line in lines if what in line), None)  # noqa: E731
            self._said.wait_for(lambda: found() or self._process.poll() is not None, 30)
            return found()

    @property
    def has_ended(self):
        return self._process.poll() is not None

    def end(self, timeout=120):
        """Waits for its end; the exit status."""
        status = self._process.wait(timeout)
        for reader in self._readers:
            reader.join()
        return status

    def stop(self):
        if not self.has_ended:
            self._process.terminate()
        return self.end()


def wait_for_answers(bundle, log):
    """Until a log has as many events of answers as a bundle has before the gateway ended."""
    kinds = (gateway_process.REQUEST_SENT, gateway_process.RESPONSE_STARTED, gateway_process.CHUNK_RECEIVED)
    recorded = [row[3] for row in gateway_process.rows_of(f"file:{bundle}?mode=ro", 0)]
    # What comes after the gateway's end is for the next one.
    recorded = recorded[: recorded.index(gateway_process.CONNECTION_CLOSED)]
    for kind in kinds:
        wait_for_events(log, kind, recorded.count(kind))


def again(programs, folder, incident, *options):
    """Lets the incident of a bundle happen again; the verdicts on that, and both commands of replay."""
    bundle = bundle_of(incident)
    first = connections(programs, bundle)[0]["path_id"]
    log = os.path.join(folder, incident.name)
    agent = None
    if any(one["turns"] for one in connections(programs, bundle)):
        agent = Program(programs, bundle, "serve-agent", first, *options)
        line = agent.wait_for(agent.lines, "http://")
        if line is None:
            raise AssertionError("serve-agent: " + " ".join(agent.errors))
        url = re.search(r"http://[0-9.:]+", line).group()
    settings = (
        SETTINGS
        | {"GATEWAY__AGENT_URL": url if agent else "http://127.0.0.1:9", "GATEWAY__LOG_DIR": log}
        | incident.settings
    )
    gateway = gateway_process.Gateway(programs, **settings)
    settings["PORT"] = str(gateway.port)
    drive = Program(
        programs, bundle, "drive", first, "--gateway", f"ws://127.0.0.1:{gateway.port}",
        "--patience", "30", "--hold", "60" if incident.is_open else "0", *options,
    )
    try:
        if "gateway-stopped" in incident.expected or "gateway-restarted-before-binding" in incident.expected:
            if drive.wait_for(drive.errors, "waiting for the gateway") is None:
                raise AssertionError("the gateway's end was not asked for")
            wait_for_answers(bundle, log)
            gateway.stop() if incident.name == "gateway-stopped" else gateway.kill()
            gateway = gateway_process.Gateway(programs, **settings)
        if incident.is_open:
            drive.wait_for(drive.lines, "driven")
            return verdicts(programs, log), drive, agent
        drive.end()
        deadline = time.monotonic() + 20
        while not all_ended(log) and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        status = drive.stop()
        gateway.stop()
        served = agent.stop() if agent else 0
    if status != 0:
        raise AssertionError("drive: " + " | ".join(drive.lines + drive.errors))
    if served != 0:
        raise AssertionError("serve-agent: " + " | ".join(agent.errors))
    return verdicts(programs, log), drive, agent


def check_json(programs, folder, incident):
    """Holds what both commands print for programs against the schemas."""
    place = os.path.join(folder, "json")
    os.mkdir(place)
    _, drive, agent = again(programs, place, incident, "--json")
    for command, run in (("drive", drive), ("serve-agent", agent)):
        with open(os.path.join(SCHEMAS, f"{command}.schema.json"), encoding="utf-8") as file:
            validator = jsonschema.Draft202012Validator(json.load(file))
        if not run.lines:
            raise AssertionError(f"{command} --json prints nothing")
        for line in run.lines:
            validator.validate(json.loads(line))


def reproduce(programs, folder, chosen, tally):
    """Lets each incident happen again."""
    for incident in chosen:
        if incident.not_again:
            print(f"- {incident.name}: not run again: {incident.not_again}")
            continue
        try:
            found, _, _ = again(programs, folder, incident)
            before = verdicts(programs, bundle_of(incident))
            if found != before:
                raise AssertionError(f"verdicts {found}, before {before}")
            if incident.name == "tools":
                check_json(programs, folder, incident)
            tally.check(True, f"{incident.name}: {', '.join(found)}")
        except Exception as fault:
            tally.check(False, f"{incident.name}: {fault or type(fault).__name__}")
