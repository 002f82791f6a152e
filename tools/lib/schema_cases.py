"""The JSON Schema of the messages and the running gateway agree on what is a message."""

import copy
import json
from pathlib import Path

from ide import case
from jsonschema import Draft202012Validator

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schema" / "messages.schema.json").read_text(encoding="utf-8")
)
WHOLE = [
    {"type": "user_message", "role": "user", "content": "x"},
    {"type": "tool_result", "call_id": "c", "result": {"a": [1, None]}, "error": "e"},
    {"type": "switch_agent", "agent_type": "coder", "content": "x", "reason": "r"},
    {
        "type": "hitl_decision",
        "call_id": "c",
        "decision": "edit",
        "modified_arguments": {},
        "feedback": "f",
    },
    {"type": "plan_decision", "approval_request_id": "a", "decision": "modify", "feedback": "f"},
]
VALUES = [None, True, False, 0, 1.5, "", "x", "user", "tool", "approve", "edit", "modify", [], {}]
REFUSALS = ("Invalid JSON", "Message type", "Unknown message type", "Validation error")


def samples():
    """Each message whole, without each of its members, with each of them replaced by each value,
    and with one that nobody knows."""
    yield from ({}, [], None, 5, "user_message")
    for whole in WHOLE:
        yield whole
        yield whole | {"unknown": {"deep": [None]}}
        for name in whole:
            yield {key: value for key, value in whole.items() if key != name}
            for value in VALUES:
                sample = copy.deepcopy(whole)
                sample[name] = value
                yield sample


@case
def the_schema_and_the_gateway_agree(scene):
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    for whole in WHOLE:
        validator.validate(whole)
    for sample in samples():
        # A connection each: the real runtime answers nothing to a tool_result that it knows.
        with scene.ide(scene.temporary_id()) as ide:
            ide.socket.send(json.dumps(sample))
            ide.socket.send('{"type":"end of the sample"}')
            refusals = 0
            while refusals == 0 or not content.endswith("end of the sample"):
                frame = json.loads(ide.socket.recv(timeout=20))
                content = frame.get("content", "") if frame["type"] == "error" else ""
                refusals += content.startswith(REFUSALS)
        is_accepted = refusals == 1
        assert is_accepted == validator.is_valid(sample), f"they differ about {sample}"
