"""The incidents: what an IDE does, with which agent and gateway, and what it is to be called."""

import dataclasses
import json
import time

import gateway_process as events
from incidents_scene import all_ended

FAIL = "#fail:"


@dataclasses.dataclass
class Incident:
    """One of them. `expected`: names of its verdicts, sorted, each as often as it is there."""

    name: str
    what: str
    expected: list
    act: object = None
    settings: dict = dataclasses.field(default_factory=dict)
    manner: str = "documented"
    has_agent: bool = True
    # Why it cannot be run again by serve-agent and drive; None: it can.
    not_again: str = None
    # Whether the record ends while the connection is open.
    is_open: bool = False


INCIDENTS = []


def incident(what, *expected, **options):
    """Makes an incident of a function that acts in a Scene."""

    def add(function):
        name = function.__name__.replace("_", "-")
        INCIDENTS.append(Incident(name, what, sorted(expected), function, **options))
        return function

    return add


def say_once(failures, path_id="new_1"):
    """One message whose answer fails, on a connection that is closed well."""

    def act(scene):
        ide = scene.ide(path_id)
        ide.send(" ".join(["Hello"] + [FAIL + failure for failure in failures.split()]))
        scene.wait_for(events.REQUEST_SENT)
        settle(scene)
        ide.close()

    return act


def settle(scene):
    """Until every request has its end."""
    deadline = time.monotonic() + events.WAIT
    while not all_ended(scene.log):
        assert time.monotonic() < deadline, "an answer does not end"
        time.sleep(0.01)


def simple(name, what, failures, *expected, path_id="new_1", **options):
    """An incident of one message."""
    INCIDENTS.append(
        Incident(name, what, sorted(expected), say_once(failures, path_id), **options)
    )


# Healthy ones.


@incident("two messages in a new dialogue", "bound")
def new_session(scene):
    ide = scene.ide()
    ide.say("Hello")
    ide.say("and again")
    settle(scene)
    ide.close()


@incident("a message on a session that there is", "opened-with-session")
def existing_session(scene):
    ide = scene.ide("abc-123")
    ide.say("Hello")
    settle(scene)
    ide.close()


@incident("a tool call with its result", "bound")
def tools(scene):
    ide = scene.ide()
    (call,) = [frame for frame in ide.say("use a tool") if frame["type"] == "tool_call"]
    ide.say(json.dumps({"type": "tool_result", "call_id": call["call_id"], "result": 1}).encode())
    settle(scene)
    ide.close()


@incident("a session made by POST /sessions", "opened-with-session")
def rest(scene):
    session = scene.call("POST", "/api/v1/sessions")["session_id"]
    ide = scene.ide(session)
    ide.say("Hello")
    settle(scene)
    ide.close()
    scene.call("GET", f"/api/v1/sessions/{session}/history")


@incident("the IDE comes back with the session id", "bound", "opened-with-session")
def reconnected_with_session_id(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    ide.close()
    ide = scene.ide(ide.session)
    ide.say("I am back")
    settle(scene)
    ide.close()


@incident(
    "the real agent announces the session at each message",
    "bound",
    "unexpected-session-info",
    manner="real",
)
def real_agent(scene):
    new_session(scene)


# What the agent says of the session.

simple("no-session-info", "the session is never announced", "no-session-info",
       "stream-ended-without-session-info")
simple("cut-before-session-info", "the answer breaks off after its head", "cut-before-session-info",
       "stream-broke-before-session-info")
simple("silent-agent", "the agent says nothing after the head", "silent",
       "stream-broke-before-session-info", settings={"GATEWAY__AGENT_STREAM_TIMEOUT": "1"})
simple("bad-chunk-size", "an answer on a session breaks HTTP", "bad-chunk-size",
       "answer-broke", "opened-with-session", path_id="abc-123")
simple("malformed-session-info", "session_info is broken JSON", "malformed-session-info",
       "session-info-malformed")
simple("session-info-without-id", "session_info has no session_id", "session-info-without-id",
       "session-info-without-id")
simple("session-info-null-id", "session_info has a session_id of null", "null-id",
       "session-info-without-id")
simple("temporary-session-info", "session_info has a temporary id", "temporary-id",
       "session-info-temporary-id")
simple("late-session-info", "session_info comes after two tokens", "late-session-info=2",
       "bound", "session-info-late")
simple("conflicting-session-info", "a second session_info has another id", "other-id",
       "bound", "conflicting-session-info")
simple("unterminated-session-info", "the answer ends with session_info, without a line end",
       "unterminated-session-info", "bound")
simple("repeated-session-info", "session_info twice, and both go to the IDE", "session-info-twice",
       "bound", "unexpected-session-info", settings={"GATEWAY__SESSION_INFO": "always"})

# The agent's answer.

simple("agent-not-running", "nothing listens at the agent's address", "", "request-failed",
       has_agent=False)
simple("agent-closes", "the agent closes without an answer", "refuse", "request-failed")
simple("agent-refuses", "the agent answers 503", "status=503", "agent-refused")
simple("not-an-event-stream", "the agent answers with JSON", "not-event-stream",
       "not-an-event-stream")
simple("empty-answer", "the agent's event stream is empty", "empty", "empty-answer")
simple("answer-broke", "the answer breaks off within a block, the session being known",
       "cut-mid-block", "answer-broke", "bound")
simple("answer-reset", "the agent resets the connection after session_info", "reset",
       "answer-broke", "bound")
simple("data-not-an-object", "two blocks are no JSON objects", "not-json array",
       "bound", "data-not-an-object")


@incident("the record ends while the agent is silent", "answer-under-way", is_open=True)
def answer_under_way(scene):
    ide = scene.ide()
    ide.send(f"Hello {FAIL}no-head")
    scene.wait_for(events.REQUEST_SENT)


# What the IDE does.


@incident("the IDE opens a new dialogue and leaves", "never-messaged")
def never_messaged(scene):
    scene.ide().close()


@incident(
    "the IDE leaves before the session_info comes",
    "session-info-after-disconnect",
    "session-info-late",
)
def session_info_after_disconnect(scene):
    ide = scene.ide()
    ide.send(f"Hello {FAIL}late-session-info=1 {FAIL}slow=200")
    ide.until("assistant_message")
    ide.vanish()
    scene.wait_for(events.CONNECTION_CLOSED)
    settle(scene)


@incident(
    "the IDE leaves before the session_info, and the answer is cancelled",
    "left-before-session-info",
    settings={"GATEWAY__ON_DISCONNECT": "cancel"},
)
def left_before_session_info(scene):
    ide = scene.ide()
    ide.send(f"Hello {FAIL}late-session-info=1 {FAIL}slow=200")
    ide.until("assistant_message")
    ide.close()
    settle(scene)


def stuck(scene):
    """An IDE that reads nothing, with as little room in the system's buffers as can be had."""
    return scene.ide(receive_bytes=2048, segment_bytes=536)


@incident(
    "the IDE reads nothing and crashes",
    "connection-lost",
    "session-info-late",
    "session-info-undelivered",
)
def session_info_undelivered(scene):
    ide = stuck(scene)
    ide.send(f"Hello {FAIL}big=58000 {FAIL}late-session-info=1")
    settle(scene)
    time.sleep(0.5)
    ide.reset()
    scene.wait_for(events.CONNECTION_CLOSED)


@incident(
    "the IDE reads nothing until the gateway gives it up",
    "session-info-late",
    "session-info-undelivered",
    "slow-consumer",
    settings={"GATEWAY__SLOW_CONSUMER_TIMEOUT": "1"},
)
def slow_consumer(scene):
    ide = stuck(scene)
    ide.send(f"Hello {FAIL}big=58000 {FAIL}late-session-info=1")
    scene.wait_for(events.CONNECTION_CLOSED)
    settle(scene)
    ide.reset()


@incident("two connections have one temporary id at once", "bound", "bound", "temporary-id-reused")
def temporary_id_reused(scene):
    first, second = scene.ide(), scene.ide()
    first.say("Hello")
    second.say("Hello too")
    settle(scene)
    first.close()
    second.close()


@incident("the IDE comes back with the temporary id", "bound", "bound", "reconnected-with-temporary-id")
def reconnected_with_temporary_id(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    ide.close()
    ide = scene.ide()
    ide.say("I am back")
    settle(scene)
    ide.close()


@incident("the IDE leaves in the middle of an answer", "left-during-answer", "opened-with-session")
def left_during_answer(scene):
    ide = scene.ide("abc-123")
    ide.send(f"one two three {FAIL}slow=100")
    ide.until("assistant_message")
    ide.vanish()
    scene.wait_for(events.CONNECTION_CLOSED)
    settle(scene)


@incident("the IDE leaves while a message waits", "bound", "left-during-answer", "messages-dropped")
def messages_dropped(scene):
    ide = scene.ide()
    ide.send(f"one {FAIL}slow=200")
    ide.send("two")
    ide.until("session_info")
    ide.close()
    settle(scene)


@incident("one of two messages breaks the rules", "bound", "message-refused")
def message_refused(scene):
    ide = scene.ide()
    ide.say(b'{"type":"nonsense"}')
    ide.say("Hello")
    settle(scene)
    ide.close()


@incident("every message breaks the rules", "all-messages-refused")
def all_messages_refused(scene):
    ide = scene.ide()
    ide.say(b"[]")
    ide.say(b'{"type":"user_message","role":"user"}')
    ide.close()


@incident("the IDE sends a frame with reserved bits", "bound", "websocket-violation")
def websocket_violation(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    ide.socket.socket.sendall(bytes([0xF1, 0x80, 0, 0, 0, 0]))
    ide.until_end()
    ide.socket.abandon()


@incident(
    "the IDE answers no heartbeat",
    "bound",
    "heartbeat-missed",
    settings={"GATEWAY__WS_HEARTBEAT_INTERVAL": "1"},
)
def heartbeat_missed(scene):
    ide = scene.ide(answers_pings=False)
    ide.say("Hello")
    settle(scene)
    ide.until_end()
    ide.socket.abandon()


@incident("the IDE's connection is reset", "bound", "connection-lost")
def connection_lost(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    ide.reset()
    scene.wait_for(events.CONNECTION_CLOSED)


# What the gateway does.


@incident("the gateway is killed before the session_info", "gateway-restarted-before-binding")
def gateway_restarted_before_binding(scene):
    ide = scene.ide()
    ide.send(f"Hello {FAIL}silent")
    scene.wait_for(events.RESPONSE_STARTED)
    scene.restart("kill")


@incident("the gateway is killed between two messages", "bound", "gateway-stopped", "opened-with-session")
def gateway_killed(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    scene.wait_for(11)
    scene.restart("kill")
    ide = scene.ide(ide.session)
    ide.say("I am back")
    settle(scene)
    ide.close()


@incident("the gateway is stopped in good order", "bound", "gateway-stopped")
def gateway_stopped(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    scene.restart("stop")
    ide.until_end()


@incident(
    "the log cannot be written for a while",
    "bound",
    "log-gap",
    "log-gap",
    not_again="a full disk is no part of what an IDE or an agent does",
)
def log_gap(scene):
    ide = scene.ide()
    ide.say("Hello")
    settle(scene)
    ide.send(f"again {FAIL}slow=300")
    scene.wait_for(events.REQUEST_SENT, 2)
    scene.limit_log(True)
    ide.until_end()
    scene.limit_log(False)
    deadline = time.monotonic() + events.WAIT
    while scene.gateway.health()[0] != 200:
        assert time.monotonic() < deadline, "the log stays unwritable"
        time.sleep(0.05)
