"""Looks at the exports of tools/page-check.

    python3 tools/lib/page_check.py DEVTOOLS_PORT FOLDER

For each FOLDER/NAME.html there are NAME.ndjson and NAME.har. Prints a line for each page, and "N passed,
N failed". Exit status: 0 when none failed.
"""

import base64
import json
import pathlib
import sys
import urllib.request

from haralyzer import HarEntry, HarParser

from websocket_client import WebSocket


class Page:
    """A page in a browser, told what to do by its debugging protocol."""

    def __init__(self, port):
        address = f"http://127.0.0.1:{port}/json/new?about:blank"
        request = urllib.request.Request(address, method="PUT")
        with urllib.request.urlopen(request, timeout=20) as response:
            target = json.load(response)["webSocketDebuggerUrl"]
        self.socket = WebSocket(port, "/" + target.split("/", 3)[3], timeout=60)
        self.number = 0
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        self.socket.send(json.dumps(request).encode())
        while frame := self.socket.receive():
            answer = json.loads(frame[1])
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)
        raise ConnectionError("the browser is gone")

    def open(self, path, dark=False):
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.ask("Emulation.setEmulatedMedia", media="", features=features)
        self.events = []
        self.ask("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            frame = self.socket.receive()
            if frame is None:
                raise ConnectionError("the browser is gone")
            self.events.append(json.loads(frame[1]))

    def value(self, expression):
        """Of an expression, evaluated by the browser: the page itself may run nothing."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["text"])
        return result["result"].get("value")

    def click(self, selector):
        place = self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = e.getBoundingClientRect();"
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask(
                "Input.dispatchMouseEvent",
                type=kind, x=place[0], y=place[1], button="left", clickCount=1,
            )

    def press(self, key):
        code = {"Enter": 13, "Tab": 9}[key]
        text = {"Enter": "\r"}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent",
                type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=text,
            )

    def shoot(self, path, width=1200, height=1600):
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )
        self.value("window.scrollTo(0, 0)")
        image = self.ask("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(image["data"]))

    def complaints(self):
        """What was said on the console, what was fetched beside the page, and dialogs."""
        found = []
        for event in self.events:
            method, parameters = event["method"], event["params"]
            if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
                found.append(f"{method}: {parameters}")
            if method == "Log.entryAdded":
                found.append(parameters["entry"]["text"])
            if method == "Page.javascriptDialogOpening":
                found.append("a dialog was opened")
            if method == "Network.requestWillBeSent":
                if parameters["request"]["url"] != parameters["documentURL"]:
                    found.append("fetched " + parameters["request"]["url"])
        return found


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
    return "; ".join(words)


def main(port, folder):
    page = Page(port)
    passed = failed = 0
    for html in sorted(folder.glob("*.html")):
        try:
            print(f"✓ {html.stem}: {look(page, folder, html.stem)}", flush=True)
            passed += 1
        except (AssertionError, RuntimeError, KeyError) as error:
            print(f"✗ {html.stem}: {error!r}", flush=True)
            failed += 1
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()))
