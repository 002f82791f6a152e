"""Incidents that today's gateway and disk do not bring about: bundles of others with rows changed by hand."""

import dataclasses
import os
import shutil
import sqlite3

import gateway_process as events

MASK = (1 << 64) - 1
PRIMES = (
    0x9E3779B185EBCA87,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0x85EBCA77C2B2AE63,
    0x27D4EB2F165667C5,
)


def turned(value, bits):
    return (value << bits | value >> (64 - bits)) & MASK


def xxh64(data, seed):
    """XXH64 (the xxHash specification, version 0.1.1)."""
    one, two, three, four, five = PRIMES

    def round_of(lane, number):
        return turned((lane + number * two) & MASK, 31) * one & MASK

    def number(offset, count):
        return int.from_bytes(data[offset : offset + count], "little")

    offset = 0
    if len(data) >= 32:
        lanes = [(seed + one + two) & MASK, (seed + two) & MASK, seed, (seed - one) & MASK]
        while offset <= len(data) - 32:
            for lane in range(4):
                lanes[lane] = round_of(lanes[lane], number(offset + 8 * lane, 8))
            offset += 32
        value = sum(turned(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18))) & MASK
        for lane in lanes:
            value = ((value ^ round_of(0, lane)) * one + four) & MASK
    else:
        value = (seed + five) & MASK
    value = (value + len(data)) & MASK
    while offset <= len(data) - 8:
        value = (turned(value ^ round_of(0, number(offset, 8)), 27) * one + four) & MASK
        offset += 8
    if offset <= len(data) - 4:
        value = (turned(value ^ number(offset, 4) * one & MASK, 23) * two + three) & MASK
        offset += 4
    for byte in data[offset:]:
        value = turned(value ^ byte * five & MASK, 11) * one & MASK
    value = (value ^ value >> 33) * two & MASK
    value = (value ^ value >> 29) * three & MASK
    return value ^ value >> 32


def checksum(connection, ordinal, cause, at, kind, version, detail, body):
    """Of a row (docs/event-format.md)."""
    seed = connection * PRIMES[0] & MASK
    seed ^= ordinal * PRIMES[1] & MASK
    seed = (turned(seed, 31) + cause * PRIMES[2]) & MASK
    seed ^= at * PRIMES[3] & MASK
    form = (kind + 256 * version) ^ turned(detail & MASK, 16)
    seed = (turned(seed, 27) + form * PRIMES[4]) & MASK
    return xxh64(body, seed) & 0xFFFFFFFF


assert checksum(7, 3, 2, 1763800000000000, 8, 1, 0, b'{"type":"x"}') == 2041766281


@dataclasses.dataclass
class Forgery:
    """One of them: made of the bundle of another incident. `findings`: what `replay verify` names."""

    name: str
    what: str
    origin: str
    expected: list
    findings: list
    change: object


FORGERIES = []


def forgery(what, origin, expected, *findings):
    def add(function):
        name = function.__name__.replace("_", "-")
        FORGERIES.append(Forgery(name, what, origin, sorted(expected), sorted(findings), function))
        return function

    return add


def rewrite(database, position, body):
    """Gives a row another body, and the checksum it would have been written with."""
    columns = "connection, ordinal, cause, at, kind, version, detail"
    row = database.execute(f"SELECT {columns} FROM events WHERE position = ?", (position,)).fetchone()
    database.execute(
        "UPDATE events SET body = ?, checksum = ? WHERE position = ?",
        (body, checksum(*row, body), position),
    )


def forget_place(path, log):
    """Takes out of a bundle where on this machine its log was."""
    database = sqlite3.connect(path)
    with database:
        for place in {log.encode(), os.path.realpath(log).encode()}:
            rows = database.execute("SELECT position, body FROM events WHERE instr(body, ?)", (place,))
            for position, body in rows.fetchall():
                rewrite(database, position, body.replace(place, b"gateway-log"))
    database.execute("VACUUM")
    database.close()


def request(database, number):
    """Position and body of a request, counted from 0."""
    return database.execute(
        "SELECT position, body FROM events WHERE kind = ? ORDER BY position LIMIT 1 OFFSET ?",
        (events.REQUEST_SENT, number),
    ).fetchone()


def with_session(body, session):
    """A request's body with another session_id, or with none."""
    text = body.decode()
    message = text[text.index('"message":') :]
    return (f'{{"session_id":"{session}",' if session else "{").encode() + message.encode()


@forgery(
    "the second message goes out without the id that the first one's answer brought",
    "new-session",
    ["bound", "posted-without-id-after-binding"],
    "divergence",
)
def posted_without_id_after_binding(database):
    position, body = request(database, 1)
    rewrite(database, position, with_session(body, None))


@forgery(
    "the first message goes out with the temporary id",
    "new-session",
    ["bound", "posted-with-temporary-id"],
    "divergence",
)
def posted_with_temporary_id(database):
    position, body = request(database, 0)
    rewrite(database, position, with_session(body, "new_1"))


@forgery(
    "a message goes out with the id of another session",
    "existing-session",
    ["opened-with-session", "posted-with-other-id"],
    "divergence",
)
def posted_with_other_id(database):
    position, body = request(database, 0)
    rewrite(database, position, with_session(body, "xyz-789"))


@forgery(
    "a byte of a block has changed on the disk",
    "existing-session",
    ["damaged-row", "opened-with-session"],
    "damagedRow",
)
def damaged_row(database):
    position, body = database.execute(
        "SELECT position, body FROM events WHERE kind = ? ORDER BY position", (events.CHUNK_RECEIVED,)
    ).fetchone()
    changed = body[:20] + bytes([body[20] ^ 1]) + body[21:]
    database.execute("UPDATE events SET body = ? WHERE position = ?", (changed, position))


@forgery(
    "the connection's beginning has been removed with an old segment",
    "new-session",
    ["beginning-missing"],
)
def beginning_missing(database):
    position, _ = request(database, 1)
    database.execute("DELETE FROM events WHERE position < ?", (position,))


def forge(made, origin, path):
    """Makes the bundle of a forgery at a path, of the bundle at another; it still has that one's verdicts."""
    shutil.copyfile(origin, path)
    database = sqlite3.connect(path)
    with database:
        made.change(database)
    return database


def say_verdicts(database, found):
    """Puts the verdicts, pairs of connection and name, in the place of those of the origin."""
    with database:
        database.execute("DELETE FROM bundle WHERE name = 'verdict'")
        database.executemany("INSERT INTO bundle VALUES('verdict', ?, ?)", found)
        database.execute("INSERT INTO bundle VALUES('note', 0, 'made by hand: tools/incidents')")
    database.execute("VACUUM")
    database.close()
