"""Holds the conversations that tools/page-check exports.

    python3 tools/lib/page_conversations.py PORT

Prints a line for each: its name, and the id that it began with.
"""

import json
import sys
import time
import urllib.request

from websocket_client import TEXT, WebSocket

KEY = "change-me-internal-key"
# What would harm a page that took it for more than text.
HOSTILE = "</script><img src=x onerror=alert(1)>\u202e\u2028 ]]> <!-- \" ' & \x00 \x1b[31m </pre></details>"


def send(socket, text, **more):
    message = {"type": "user_message", "role": "user", "content": text, **more}
    socket.send(json.dumps(message, ensure_ascii=False).encode())


def answer(socket):
    """The session id that the answer told of, if it did."""
    session = None
    while frame := socket.receive():
        if frame[0] != TEXT:
            continue
        chunk = json.loads(frame[1])
        if chunk["type"] == "session_info":
            session = chunk.get("session_id")
        if chunk.get("is_final") or chunk["type"] == "error":
            return session
    return session


def converse(port, path, *texts):
    socket = WebSocket(port, f"/api/v1/ws/{path}")
    session = None
    for text in texts:
        send(socket, text)
        session = answer(socket) or session
    socket.close()
    return session


def call(port, path):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1{path}", headers={"X-Internal-Auth": KEY}
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        response.read()


def main(port):
    stamp = int(time.time() * 1000)
    names = {}

    def begin(name):
        names[name] = f"new_{stamp + len(names)}"
        return names[name]

    session = converse(
        port, begin("bound"), "Hello! What can you do for me?", "Tell me more. #fail:burst=60"
    )
    call(port, f"/sessions/{session}/history")
    socket = WebSocket(port, f"/api/v1/ws/{session}")
    socket.send(b"{broken")
    answer(socket)
    send(socket, "Do you remember me?")
    answer(socket)
    socket.close()

    late = begin("broken")
    converse(port, late, "First words #fail:cut-before-session-info", "Again #fail:status=500")
    converse(port, late, "And now?")
    converse(port, begin("lost"), "Nobody tells me my id #fail:no-session-info", "Who am I?")
    converse(port, begin("conflict"), "Two ids #fail:other-id", "Odd #fail:malformed-session-info")
    converse(port, begin("hostile"), HOSTILE, "#fail:u2028 " + HOSTILE)
    socket = WebSocket(port, f"/api/v1/ws/{begin('long')}")
    for _ in range(12):
        send(socket, "On and on #fail:burst=2000")
        answer(socket)
    for number in range(2500):
        socket.send(b'{"type":"unheard-of","number":%d}' % number)
        answer(socket)
    socket.close()
    for name, identity in names.items():
        print(name, identity)


if __name__ == "__main__":
    main(int(sys.argv[1]))
