"""A page in a real browser, told what to do."""

import base64
import json
import urllib.request

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
