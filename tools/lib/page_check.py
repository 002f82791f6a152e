"""Looks at the exports of tools/page-check.

    python3 tools/lib/page_check.py DEVTOOLS_PORT FOLDER

For each FOLDER/NAME.html there are NAME.ndjson and NAME.har. Prints a line for each page, and "N passed,
N failed". Exit status: 0 when none failed.
"""

import base64
import json
import pathlib
import sys

from haralyzer import HarEntry, HarParser

from browser_page import Page
from tally import Tally


def check(condition, words):
    if not condition:
        raise AssertionError(words)


def rows_of(page):
    """Each row outside and inside of runs: position, kind, and its arrows as from, to, label."""
    return page.value(
        """[...document.querySelectorAll('details.row:not(.run)')].map(row => ({
            position: +row.dataset.position, kind: row.dataset.kind,
            arrows: [...row.querySelectorAll(':scope > summary g.a')].map(g =>
                [g.dataset.from, g.dataset.to, g.querySelector('text').textContent])}))"""
    )


# Where the first arrow of a kind begins and ends.
WAYS = {
    "connectionOpened": ("IDE", "gateway"), "frameReceived": ("IDE", "gateway"),
    "frameRejected": ("gateway", "IDE"), "requestSent": ("gateway", "agent"),
    "responseStarted": ("agent", "gateway"), "chunkReceived": ("agent", "gateway"),
    "streamEnded": ("agent", "gateway"), "requestFailed": ("agent", "gateway"),
    "framesDelivered": ("gateway", "IDE"),
}


def check_rows(page, events):
    rows = rows_of(page)
    told = {event["position"]: event for event in events if event["connection"] > 0}
    runs = page.value(
        "[...document.querySelectorAll('.run')].reduce((sum, run) => sum + +run.dataset.chunks, 0)"
    )
    gaps = page.value("document.querySelectorAll('.gap').length")
    if gaps == 0:
        check(
            [row["position"] for row in rows] == list(told),
            f"{len(rows)} rows, {len(told)} events: not the same positions",
        )
    else:
        check(len(rows) < len(told), "there is a gap, but nothing is left out")
    for row in rows:
        event = told[row["position"]]
        check(row["kind"] == event["kind"], f"another kind at {row['position']}")
        ways = [tuple(arrow[:2]) for arrow in row["arrows"]]
        if row["kind"] in WAYS:
            check(ways[:1] == [WAYS[row["kind"]]], f"{row['kind']} goes {ways}")
        if row["kind"] == "chunkReceived":
            is_forwarded = "forwarded to the IDE" in event["outcomes"]
            check((("gateway", "IDE") in ways) == is_forwarded, f"forwarding at {row['position']}")
            first = event["title"].split()[1].rstrip(",")
            check(first in row["arrows"][0][2], f"label {row['arrows']} for {event['title']}")
    bands = page.value(
        "[...document.querySelectorAll('.bound')].map(b => b.textContent.replace(/\\s+/g, ''))"
    )
    bound = [e["changes"]["identity"] for e in told.values() if "identity" in e["changes"]]
    bound = [change for change in bound if not change.startswith("none")]
    check(len(bands) == len(bound), f"{len(bands)} marks of binding, {len(bound)} bindings")
    for band, change in zip(bands, bound):
        check(change.replace(" ", "") in band, f"'{band}' for '{change}'")
    return f"{len(rows)} rows, {runs} chunks in runs, {len(bound)} bindings"


def check_opening(page):
    """A click, the keyboard, and a verdict's proof open payloads."""
    first = "details.row:not(.run)"
    is_open = f"document.querySelector('{first}').open"
    check(not page.value(is_open), "a row is open from the beginning")
    page.click(first + " > summary")
    check(page.value(is_open), "a click does not open a row")
    seen = page.value(f"document.querySelector('{first} pre').innerText.includes('queue_messages')")
    check(seen, "the payload of the opening is not shown")
    page.press("Enter")
    check(not page.value(is_open), "Enter does not close a row")
    page.press("Tab")
    page.press("Enter")
    check(page.value("document.activeElement.closest('details').open"), "Tab and Enter do not open")
    links = page.value("document.querySelectorAll('.proof a').length")
    if links:
        page.click(".proof li:last-child a")
        opened = page.value(
            "(() => { const t = document.querySelector(':target');"
            "return t !== null && t.checkVisibility({contentVisibilityAuto: false})"
            " && t.closest('details').open; })()"
        )
        check(opened, "a verdict does not lead to its proof")
    return f"{links} proofs"


def check_archive(path, events):
    text = path.read_text()
    archive = json.loads(text)
    entries = HarParser(archive).har_data["entries"]
    sockets = [e for e in entries if e["_resourceType"] == "websocket"]
    kinds = [event["kind"] for event in events]
    check(len(sockets) == kinds.count("connectionOpened"), "another number of WebSockets")
    sent = [m for s in sockets for m in s["_webSocketMessages"] if m["type"] == "send"]
    check(len(sent) == kinds.count("frameReceived"), "another number of frames from the IDE")
    got = [m for s in sockets for m in s["_webSocketMessages"] if m["type"] == "receive"]
    forwarded = sum("forwarded to the IDE" in event["outcomes"] for event in events)
    check(sum(m["opcode"] == 1 for m in got) >= forwarded, "frames to the IDE are missing")
    posts = [e for e in entries if e["request"]["url"].endswith("/agent/message/stream")]
    check(len(posts) == kinds.count("requestSent"), "another number of requests")
    bodies = [event["body"] for event in events if event["kind"] == "requestSent"]
    check(sorted(p["request"]["postData"]["text"] for p in posts) == sorted(bodies), "bodies differ")
    chunks = "".join(event["body"] for event in events if event["kind"] == "chunkReceived")
    texts = sum(len(p["response"]["content"]["text"]) for p in posts)
    check(texts == len(chunks), f"{texts} characters of answers, {len(chunks)} in the log")
    for entry in entries:
        parts = [entry["timings"][name] for name in ("send", "wait", "receive")]
        check(min(parts) >= 0 and abs(sum(parts) - entry["time"]) < 0.01, "times do not add up")
    parsed = HarParser(archive)
    check(parsed.creator["name"] == "replay", "haralyzer does not read the creator")
    for entry in map(HarEntry, entries):
        check(entry.startTime.year > 2000, "haralyzer does not read the time")
        check(entry.request.url.startswith(("ws://", "http://")), "haralyzer reads no address")
        check(entry.response.status is not None, "haralyzer reads no status")
    return f"HAR with {len(entries)} entries"


def check_redaction(folder, name, events):
    """No file that was redacted has a text that an IDE sent: byte by byte, as it was and as JSON."""
    texts = []
    for event in events:
        if event["kind"] == "frameReceived" and event["body"].startswith('{"type": "user_message"'):
            texts.append(json.loads(event["body"])["content"])
    check(texts, "the conversation has no texts")
    whole = (folder / f"{name}.bundle").read_bytes()
    files = sorted(folder.glob(f"{name}.redacted.*"))
    files = [file for file in files if file.suffix in (".bundle", ".ndjson", ".har", ".html")]
    check(len(files) == 4, f"{len(files)} redacted files")
    for text in texts:
        spelling = json.dumps(text, ensure_ascii=False)[1:-1].encode()
        check(spelling in whole, f"{text!r} is not in the bundle")
        for file in files:
            found = any(said in file.read_bytes() for said in (spelling, text.encode()))
            check(not found, f"{text!r} is in {file.name}")
    return f"{len(texts)} texts redacted"


def look(page, folder, name):
    html = folder / f"{name}.html"
    events = [json.loads(line) for line in (folder / f"{name}.ndjson").read_text().splitlines()]
    page.open(html)
    words = [check_rows(page, events)]
    page.shoot(folder / f"{name}.light.png")
    words.append(check_opening(page))
    page.shoot(folder / f"{name}.open.png")
    verdicts = page.value("[...document.querySelectorAll('.verdict')].map(v => v.dataset.verdict)")
    words.append(" ".join(verdicts) or "no verdict")
    check(page.value("document.querySelectorAll('img, script, iframe').length") == 0, "not all text")
    check(not page.complaints(), f"{page.complaints()}")
    page.open(html, dark=True)
    page.shoot(folder / f"{name}.dark.png")
    page.shoot(folder / f"{name}.narrow.png", width=420, height=900)
    page.ask("Emulation.setEmulatedMedia", media="print")
    page.shoot(folder / f"{name}.print.png", width=760, height=1100)
    printed = page.ask("Page.printToPDF", printBackground=True)
    (folder / f"{name}.pdf").write_bytes(base64.b64decode(printed["data"]))
    check(not page.complaints(), f"{page.complaints()}")
    words.append(check_archive(folder / f"{name}.har", events))
    if not name.endswith(".redacted"):
        words.append(check_redaction(folder, name, events))
    return "; ".join(words)


def main(port, folder):
    page = Page(port)
    tally = Tally(shows_all=True)
    pages = sorted(folder.glob("*.html"))
    for html in pages:
        try:
            tally.check(True, f"{html.stem}: {look(page, folder, html.stem)}")
        except (AssertionError, RuntimeError, KeyError) as error:
            tally.check(False, f"{html.stem}: {error!r}")
    if not pages:
        tally.check(False, f"there are no pages in {folder}")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()))
