"""Says things to a gateway and shows the conversation.

    python3 tools/lib/say.py PORT TARGET TEXT…    e.g. say.py 8001 /api/v1/ws/new_1 Hello

Exit status: 0 when every answer came to its end, else 1.
"""

import json
import sys

from websocket_client import TEXT, WebSocket


def show_answer(socket):
    """Whether the answer came to its end."""
    while frame := socket.receive():
        if frame[0] != TEXT:
            continue
        text = frame[1].decode()
        print(f"   IDE ← {text}", flush=True)
        chunk = json.loads(text)
        if chunk.get("is_final") or chunk["type"] == "error":
            return chunk["type"] != "error"
    return False


def main(port, target, texts):
    socket = WebSocket(int(port), target)
    for text in texts:
        message = {"type": "user_message", "role": "user", "content": text}
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        print(f"   IDE → {line}", flush=True)
        socket.send(line.encode())
        if not show_answer(socket):
            return 1
    socket.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
