"""Whatever an app sends, the answer is one of Slack's."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.api.call import METHODS
from tests.sandbox.workspace import TOKEN, form, modal, workspace

NAMES = [
    *("channel", "channel_id", "user", "user_id", "users", "ts", "timestamp", "message_ts"),
    *("thread_ts", "text", "blocks", "attachments", "metadata", "view", "view_id", "trigger_id"),
    *("external_id", "hash", "name", "title", "type", "link", "bookmark_id", "emoji", "files"),
    *("file", "filename", "length", "cursor", "limit", "oldest", "latest", "types", "code"),
    *("message", "include_all_metadata", "inclusive", "initial_comment", "channels", "return_im"),
]
KNOWN = ["C01", "C04", "U01", "U0BOT", "1.000001", "link", "https://a.example", "1", "tada", "F1"]
SHAPES = [modal(), form("navn"), modal()["blocks"], [{"id": "F404"}], {"event_type": 1}]

leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = (
    st.sampled_from(KNOWN)
    | st.sampled_from(SHAPES)
    | st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    )
)
arguments = st.dictionaries(st.sampled_from(NAMES), values, max_size=12)
calls = st.tuples(st.sampled_from(sorted(METHODS)), arguments)


@settings(max_examples=60, deadline=None)
@given(st.lists(calls, min_size=5, max_size=20))
async def test_junk_is_answered_by_name(junk: list[tuple[str, dict[str, Any]]]) -> None:
    async with workspace() as w:
        for name, args in junk:
            token = "xapp-sandbox" if name == "apps.connections.open" else TOKEN
            body = await w.ask(name, token=token, **args)
            error = body.get("error", "none")
            assert body["ok"] is (error == "none")
            assert re.fullmatch(r"[a-z_]+", error)
            w.team.app.revoked = False
