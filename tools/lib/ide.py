"""An IDE for the conversations: the PyPI package "websockets" as a client, and a table of cases."""

import json
import os
import traceback

from websockets.sync.client import connect

TIMEOUT = 20
os.environ["no_proxy"] = "*"

CASES = []


def case(function):
    """Adds a case; it takes a Scene and fails by an exception."""
    CASES.append(function)
    return function


def expect(actual, wanted, what):
    if actual != wanted:
        raise AssertionError(f"{what} is {actual!r}, not {wanted!r}")


def message(content, **more):
    """A user_message as an IDE writes it."""
    members = {"type": "user_message", "role": "user", "content": content} | more
    return json.dumps(members, ensure_ascii=False)


class IDE:
    """A connection to a gateway under an id."""

    def __init__(self, port, path_id, prefix="/api/v1/ws/", **options):
        self.socket = connect(
            f"ws://127.0.0.1:{port}{prefix}{path_id}", compression=None, max_size=None, **options
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def say(self, frame):
        """Sends a frame; the frames of its answer."""
        self.socket.send(frame)
        return self.answer()

    def answer(self):
        """Frames as objects, up to the one that ends an answer."""
        frames = []
        while not frames or not (frames[-1].get("is_final") or frames[-1]["type"] == "error"):
            frames.append(json.loads(self.socket.recv(timeout=TIMEOUT)))
        return frames


def said(frames):
    """The text of an answer's tokens."""
    return "".join(frame.get("token") or "" for frame in frames)


def session_ids(frames):
    """The ids of the session_infos among frames."""
    return [frame["session_id"] for frame in frames if frame["type"] == "session_info"]


def error(frames):
    """The content of the only frame, which is an error."""
    expect([frame["type"] for frame in frames], ["error"], "the answer")
    return frames[0]["content"]


def run(scene, tally):
    """Runs every case on a scene."""
    for function in CASES:
        try:
            function(scene)
            tally.check(True, function.__name__)
        except Exception as fault:  # Whatever it is, the other cases are run.
            place = traceback.extract_tb(fault.__traceback__)[1]
            words = str(fault) or type(fault).__name__
            name = f"{function.__name__} ({scene.manner}), line {place.lineno}"
            tally.check(False, f"{name}: {words[:500]}")
