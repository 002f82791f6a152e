"""Logs that the gateway has written under load, for the parts that read them."""

import glob
import os
import shutil
import sqlite3
import time

from processes import PATIENCE, BenchError
from stage import NORMAL, Scene


def is_indexed(path):
    """Whether a segment has the indexes that sealing makes."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND tbl_name = 'events'"
        return file.execute(query).fetchone() is not None
    finally:
        file.close()


class Recording:
    """A log of conversations, closed in good order. All segments but the last, which is nearly
    empty, are sealed.
    """

    def __init__(self, stage, waves, segment, age):
        """`waves`: one after the other, each a list of swarms (their options) that talk at once.

        `age`: the seconds after which a segment is followed by the next.
        """
        settings = {
            "GATEWAY__LOG_SEGMENT_BYTES": str(segment),
            "GATEWAY__LOG_SEGMENT_AGE": str(age),
        }
        self._scene = Scene(stage, NORMAL, **settings)
        self.log = os.path.join(self._scene.folder, "log")
        for wave in waves:
            self._talk(wave)
        # The segment of the last of them gets too old, and the next event begins another one.
        time.sleep(age + 1)
        self._talk([{}])
        self._wait_for_seals()
        self._scene.close()
        self.segments = self._find_segments()
        self.events = self.connections = 0
        for path in self.segments:
            file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            count, highest = file.execute("SELECT count(*), max(connection) FROM events").fetchone()
            file.close()
            self.events += count
            self.connections = max(self.connections, highest or 0)
        self._indexed = [self._with_index(path) for path in self.segments]

    def path(self, name):
        """A file beside the log."""
        return os.path.join(self._scene.folder, name)

    def queries(self, query):
        """What sqlite3 is told so that it answers a query for each segment."""
        return "".join(f".open -readonly {path}\n{query};\n" for path in self._indexed)

    def remove(self):
        self._scene.close()
        shutil.rmtree(self._scene.folder, ignore_errors=True)

    def _talk(self, wave):
        swarms = [self._scene.open_swarm(**options) for options in wave]
        for swarm in swarms:
            swarm.begin()
        for swarm in swarms:
            swarm.result()
        for swarm in swarms:
            swarm.close()

    def _find_segments(self):
        return sorted(glob.glob(os.path.join(self.log, "events-*.db")))

    def _wait_for_seals(self):
        """Until all segments but the last have their index."""
        end = time.monotonic() + PATIENCE
        while not all(is_indexed(path) for path in self._find_segments()[:-1]):
            if time.monotonic() > end:
                raise BenchError("segments are not sealed in time")
            time.sleep(0.1)

    def _with_index(self, path):
        """The segment, if it is sealed, or a copy with the index that sealing would have made."""
        if is_indexed(path):
            return path
        copy = path.replace("events-", "indexed-")
        file, into = sqlite3.connect(f"file:{path}?mode=ro", uri=True), sqlite3.connect(copy)
        file.backup(into)
        into.execute("CREATE INDEX by_connection ON events(connection, ordinal)")
        into.commit()
        into.close()
        file.close()
        return copy
