"""What an IDE and the Agent Runtime see of each other through the gateway. The agent is
agent-simulator: `#fail:NAME` in a content asks it to misbehave, an ordinary content is echoed."""

import json

from ide import IDE, TIMEOUT, case, error, expect, message, said, session_ids
from websockets.exceptions import InvalidStatus

ECHO = "You said: "


@case
def a_temporary_id_becomes_a_session(scene):
    path_id = scene.temporary_id()
    first, second = message("Привет!"), message("and again")
    with scene.ide(path_id) as ide:
        frames = ide.say(first)
        (session,) = session_ids(frames)
        expect(frames[0]["type"], "session_info", "the first frame")
        expect(said(frames), ECHO + "Привет!", "the answer")
        expect(session_ids(ide.say(second)), [], "session_info of the second message")
    expect(
        scene.posts(path_id),
        [f'{{"message":{first}}}', f'{{"session_id":"{session}","message":{second}}}'],
        "what was posted",
    )
    with scene.ide(session) as ide:
        third = message("I am back")
        frames = ide.say(third)
        expect(session_ids(frames), [], "session_info of an existing session")
        expect(said(frames), ECHO + "I am back", "the answer")
    (post,) = scene.posts(session)
    expect(post, f'{{"session_id":"{session}","message":{third}}}', "the reconnect's post")
    scene.expect_lines(
        f"INFO: [{path_id}] Temporary session ID detected, will create new session",
        f"INFO: [{path_id}] WebSocket connected (temp=True)",
        f"INFO: [{path_id}] Received user_message: role=user",
        f"INFO: [{path_id}] Temporary session - NOT sending session_id to Agent Runtime",
        f"INFO: [{path_id}] 🆔 Received session_info chunk: session_id={session}",
        f"INFO: [{path_id}] Session ID updated: {path_id} -> {session}",
        f"INFO: [{session}] Sending session_id to Agent Runtime",
        f"INFO: [{session}] WebSocket disconnected",
        f"INFO: [{session}] WebSocket connected (temp=False)",
        f"INFO: [{session}] Sending session_id to Agent Runtime",
        f"INFO: [{session}] WebSocket disconnected",
    )


@case
def a_session_of_the_older_call_is_an_existing_one(scene):
    session = scene.call("POST", "/api/v1/sessions")[1]["session_id"]
    with scene.ide(session) as ide:
        frames = ide.say(message("hello"))
    expect((session_ids(frames), said(frames)), ([], ECHO + "hello"), "the answer")
    expect(scene.call("GET", f"/api/v1/sessions/{session}/history")[0], 200, "its history's status")


@case
def the_shorter_path_is_served_too(scene):
    with IDE(scene.port, scene.temporary_id(), prefix="/ws/") as ide:
        expect(said(ide.say(message("short"))), ECHO + "short", "the answer")


@case
def messages_wait_their_turn(scene):
    path_id = scene.temporary_id()
    with scene.ide(path_id) as ide:
        ide.socket.send(message("one #fail:slow=50"))
        ide.socket.send(message("two"))
        (session,) = session_ids(ide.answer())
        expect(said(ide.answer()), ECHO + "two", "the second answer")
    expect(json.loads(scene.posts(path_id)[1]).get("session_id"), session, "the second post's id")


@case
def a_ping_is_answered_during_an_answer(scene):
    with scene.ide(scene.temporary_id()) as ide:
        ide.socket.send(message("a few words #fail:slow=200"))
        ide.socket.recv(timeout=TIMEOUT)
        pong = ide.socket.ping()
        assert pong.wait(TIMEOUT), "no pong came"
        assert not scene.has_ended_answer(), "the pong came after the answer"
        ide.answer()


@case
def every_message_type_is_passed_on_as_it_is(scene):
    path_id = scene.temporary_id()
    sent = []

    def say(kind, more="", **members):
        text = json.dumps({"type": kind} | members, ensure_ascii=False)[:-1]
        sent.append(text + ', "extra": 1.50, "path": "a\\/b", "null": null' + more + " }")
        return ide.say(sent[-1])

    def types(frames):
        return [frame["type"] for frame in frames if frame["type"] != "session_info"]

    with scene.ide(path_id) as ide:
        call = say("user_message", role="user", content="use a tool")[-1]
        expect(call["type"], "tool_call", "the answer")
        taken = say("tool_result", more=', "result": [1e2]', call_id=call["call_id"])
        expect(said(taken), f"The result of {call['call_id']} came.", "the answer")
        call = say("user_message", role="system", content="tool")[-1]["call_id"]
        for decision in ("approve", "edit", "reject"):
            answer = said(say("hitl_decision", call_id=call, decision=decision))
            expect(answer, f"Your decision on {call}: {decision}.", "the answer")
        frames = say("switch_agent", agent_type="coder", content="c", reason="r")
        expect(types(frames)[0], "agent_switched", "the answer")
        for decision, last in (
            ("approve", "execution_completed"),
            ("modify", "plan_modification_requested"),
            ("reject", "plan_rejected"),
        ):
            plan = say("user_message", role="assistant", content="a plan")
            expect(types(plan), ["plan_created", "plan_approval_required"], "the answer")
            request = plan[-1]["approval_request_id"]
            frames = say("plan_decision", approval_request_id=request, decision=decision)
            expect(types(frames)[-1], last, "the answer")
    posted = [post.split('"message":', 1)[1][:-1] for post in scene.posts(path_id)]
    expect(posted, sent, "what was posted")


INVALID = "Validation error: "
REFUSALS = [
    ("{", "Invalid JSON: "),
    ("", "Invalid JSON: "),
    ("[]", "Invalid JSON: "),
    ("5", "Invalid JSON: "),
    ('"user_message"', "Invalid JSON: "),
    (b"\x00\x01", "Invalid JSON: "),
    (message("binary").encode(), "Invalid JSON: "),
    ("{}", "Message type is required"),
    ('{"type":null}', "Message type is required"),
    ('{"type":""}', "Message type is required"),
    ('{"type":"nonsense"}', "Unknown message type: nonsense"),
    ('{"type":7}', "Unknown message type: 7"),
    ('{"type":"user_message","role":"user"}', INVALID + "user_message.content "),
    ('{"type":"user_message","role":"root","content":""}', INVALID + "user_message.role "),
    ('{"type":"tool_result"}', INVALID + "tool_result.call_id "),
    ('{"type":"switch_agent","content":"x"}', INVALID + "switch_agent.agent_type "),
    ('{"type":"hitl_decision","call_id":"c","decision":"ok"}', INVALID + "hitl_decision.decision "),
    ('{"type":"plan_decision","decision":"modify"}', INVALID + "plan_decision.approval_request_id"),
]


@case
def what_is_refused_is_answered_and_the_connection_goes_on(scene):
    path_id = scene.temporary_id()
    with scene.ide(path_id) as ide:
        for frame, start in REFUSALS:
            content = error(ide.say(frame))
            assert content.startswith(start), f"{frame!r} is answered with {content!r}"
        mistaken = '{"type":"plan_decision","call_id":"c","decision":"approve"}'
        content = error(ide.say(mistaken))
        assert "call_id" in content and "approval_request_id" in content, content
        expect(said(ide.say(message("still here"))), ECHO + "still here", "the answer")
    expect(len(scene.posts(path_id)), 1, "the number of posts")


FORMS = (
    "no-space cr crlf multi-line bom heartbeats unterminated done-event done-data split-utf8 1xx "
    "content-length until-close late-session-info not-json array number"
).split()


@case
def every_legal_form_of_an_answer_arrives(scene):
    for form in FORMS:
        with scene.ide(scene.temporary_id()) as ide:
            frames = ide.say(message(f"Привет #fail:{form}"))
            expect(len(session_ids(frames)), 1, f"the number of session_infos with {form}")
            text = said(frames)
            assert ECHO + "Привет" in text, f"with {form} the answer is {text[:200]!r}"
    with scene.ide(scene.temporary_id()) as ide:
        text = said(ide.say(message("lines #fail:u2028")))
        assert {"\u2028", "\u2029", "\u0085"} <= set(text), f"the answer is {text!r}"


@case
def long_answers_arrive_whole(scene):
    with scene.ide(scene.temporary_id()) as ide:
        numbers = said(ide.say(message("x #fail:burst=2000"))).split()
        expect(numbers[:3] + numbers[-1:], ["1", "2", "3", "2000"], "ends of the answer")
        assert len(said(ide.say(message("x #fail:big=3000000")))) >= 3000000, "the answer is cut"


@case
def no_frame_has_a_null_at_its_top(scene):
    with scene.ide(scene.temporary_id()) as ide:
        for content in ("words", "tool", "plan", "agent"):
            for frame in ide.say(message(content)):
                assert None not in frame.values(), frame


@case
def an_id_is_kept_when_the_answer_breaks_off(scene):
    for failure in (
        "cut-after-session-info cut-mid-block cut-mid-chunk reset bad-chunk-size".split()
    ):
        path_id = scene.temporary_id()
        with scene.ide(path_id) as ide:
            frames = ide.say(message(f"x #fail:{failure}"))
            assert session_ids(frames), f"no session_info came with {failure}"
            (session,) = session_ids(frames)
            content = error(frames[-1:])
            assert content.startswith("Streaming error: ") and len(content) > 20, content
            ide.say(message("next"))
        posted = json.loads(scene.posts(path_id)[1])
        expect(posted.get("session_id"), session, f"the id posted after {failure}")


@case
def an_unterminated_session_info_binds(scene):
    path_id = scene.temporary_id()
    with scene.ide(path_id) as ide:
        ide.socket.send(message("x #fail:unterminated-session-info"))
        session = json.loads(ide.socket.recv(timeout=TIMEOUT))["session_id"]
        ide.say(message("next"))
    expect(json.loads(scene.posts(path_id)[1]).get("session_id"), session, "the second post's id")


@case
def an_answer_goes_on_record_when_the_ide_has_left(scene):
    for seen in (0, 2):
        path_id = scene.temporary_id()
        with scene.ide(path_id) as ide:
            ide.socket.send(message("a few words #fail:slow=50"))
            for _ in range(seen):
                ide.socket.recv(timeout=TIMEOUT)
        chunks = scene.chunks_of_ended_answer(path_id)
        session = json.loads(chunks[0])["session_id"]
        expect(said(map(json.loads, chunks)), ECHO + "a few words", "the recorded answer")
        with scene.ide(session) as ide:
            expect(session_ids(ide.say(message("back"))), [], "session_info of the session")


@case
def failures_of_the_agent_are_told(scene):
    told = [("status=503", "Agent error: 503"), ("status=429", "Agent error: 429")]
    for failure in "not-event-stream refuse cut-before-session-info silent no-head".split():
        told.append((failure, "Streaming error: "))
    with scene.ide(scene.temporary_id()) as ide:
        for failure, start in told:
            content = error(ide.say(message(f"x #fail:{failure}")))
            assert content.startswith(start), f"{failure} is told as {content!r}"
        ide.socket.send(message("x #fail:empty"))
        expect(said(ide.say(message("and on"))), ECHO + "and on", "the answer")


@case
def wrong_credentials_are_refused(scene):
    expect(scene.call("GET", "/api/v1/sessions", key="wrong")[0], 401, "the status")
    refusal = scene.call("GET", "/api/v1/sessions", key=None)
    expect(refusal, (401, {"detail": "unauthorized"}), "the answer")
    try:
        IDE(scene.port, "new_1", additional_headers={"X-Internal-Auth": "wrong"})
    except InvalidStatus as refused:
        return expect(refused.response.status_code, 401, "the status")
    raise AssertionError("a WebSocket with a wrong key is let in")
