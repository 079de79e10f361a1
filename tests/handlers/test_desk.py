import asyncio
import logging
import re
from collections.abc import AsyncIterator
from copy import deepcopy
from pathlib import Path

import pytest

from bot.workspace_roles import Action
from handlers import partner
from handlers.desk_signed import SignedUp
from tests.handlers.library import Json, Library, said
from tests.handlers.wire import (
    OLD_BUTTON,
    OverHttp,
    api,
    broken,
    count,
    database,
    deliveries,
    fault,
    held_up,
    let_go,
    over_http,
    rows,
    show_modal,
)

REFERENCE = re.compile(r"giv koden ([0-9a-f]{6}) til")
SECRETS = ("hemmelig-7f3a9", "xoxb-9999-hemmelig")


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[OverHttp]:
    async with over_http(tmp_path) as library:
        yield library


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, value: str = "1") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Tryk"), "value": value}


def buttons(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def test_an_id_belongs_to_one_feature() -> None:
    signed = SignedUp()
    signed.add("action", "partner_show", partner.show, Action.SEE_PARTNER)
    signed.add("submit", "partner_show", partner.show, Action.SEE_PARTNER)
    with pytest.raises(ValueError, match="two have signed up"):
        signed.add("action", "partner_show", partner.show, Action.SEE_HOME)


# Each event and interaction once.


async def test_a_submission_brought_twice_is_stored_once(http: OverHttp, tmp_path: Path) -> None:
    await http.write("tjek Pixelværket")
    await http.submit({})
    (delivered,) = await deliveries(http, "view_submission")
    assert (await http.again(delivered))[0] == 200
    assert count(database(tmp_path), "tjek") == 1


async def test_two_deliveries_at_the_same_moment_are_stored_once(
    http: OverHttp, tmp_path: Path
) -> None:
    await http.write("tjek Pixelværket")
    await http.control("submit", user="U02", view_id=(await http.view())["id"], values={})
    (delivered,) = await deliveries(http, "view_submission")
    fresh = {**delivered, "request": _as_another(delivered["request"])}
    answers = await asyncio.gather(*(http.again(fresh) for _ in range(5)))
    assert {status for status, _ in answers} == {200}
    assert count(database(tmp_path), "tjek") == 2


def _as_another(request: Json) -> Json:
    """A form of its own: another view and hash, and another idea."""
    view = deepcopy(request["payload"]["view"]) | {"id": "V0ANOTHER", "hash": "1.another"}
    view["state"]["values"]["idea"]["idea"]["value"] = "et VR-rum"
    return request | {"payload": request["payload"] | {"view": view}}


async def test_a_click_brought_again_later_does_not_undo_what_came_after(http: OverHttp) -> None:
    await http.write("ny Springbræt", user="U03")
    await http.submit({}, user="U03")
    await http.write("springbræt")
    await http.press("Jeg kender dem")
    (first,) = await deliveries(http, "block_actions")
    await http.press("Jeg kender dem ikke")
    assert (await http.again(first))[0] == 200
    await http.write("springbræt")
    assert "Kender dem: @U03" in said(await http.message())
    assert "@U02" not in said(await http.message())


async def test_an_envelope_resent_over_socket_mode_is_handled_once(
    library: Library, tmp_path: Path
) -> None:
    await library.write("tjek Pixelværket")
    await library.submit({})
    (delivered,) = await deliveries(library, "view_submission")
    engine = library.sandbox.engine
    again = await engine.delivery.interact(
        engine.team(), "interactive", delivered["request"]["payload"]
    )
    assert again.ok
    assert count(database(tmp_path), "tjek") == 1


async def test_an_effect_that_fails_leaves_no_mark_and_works_the_next_time(
    library: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await library.write("tjek Pixelværket")
    with broken(file, "tjek"):
        done = await library.submit({})
        assert not done["ok"]
        assert count(file, "seen") == 0
    assert (await library.submit({}))["ok"]
    assert count(file, "tjek") == 1
    assert count(file, "seen") == 1


async def test_a_refused_form_leaves_no_mark(library: Library, tmp_path: Path) -> None:
    await library.write("tjek")
    assert not (await library.submit({}))["ok"]
    assert count(database(tmp_path), "seen") == 0
    assert (await library.submit({"idea": "fast VR-rum"}))["ok"]


async def test_a_mark_names_its_workspace_and_nothing_of_what_was_written(
    library: Library, tmp_path: Path
) -> None:
    await library.write("tjek Pixelværket")
    await library.submit({})
    team = (await library.state())["team"]["id"]
    ((stored_team, key),) = rows(database(tmp_path), "SELECT team_id, key FROM seen")
    assert stored_team == team
    assert key.startswith("submit:V")


# The acknowledgement.


@pytest.mark.parametrize("slow", ["auth.test", "users.info", "views.open"])
async def test_the_acknowledgement_waits_for_nobody(library: Library, slow: str) -> None:
    await held_up(library, slow)
    done = await library.control(
        "slash", user="U02", channel="C03", command="/partner", text="tjek", wait="ack"
    )
    assert done["ok"], done
    await let_go(library, slow)


async def test_a_click_is_acknowledged_before_it_is_worked_on(library: Library) -> None:
    await library.write("")
    await held_up(library, "response_url")
    done = await library.press("Hjælp", wait="ack")
    assert done["ok"], done
    assert "response_url" in str(await library.look("idle?timeout=0.5"))
    await let_go(library, "response_url")


async def test_a_form_that_takes_too_long_is_answered_in_time_and_stored_once(
    library: Library, tmp_path: Path
) -> None:
    await library.write("tjek Pixelværket")
    library.house.profiles.drop((await library.state())["team"]["id"], "U02")
    await fault(library, "users.info", delay=4)
    done = await library.submit({})
    assert done["ack"] is not None, "Slack heard nothing for three seconds"
    assert done["ack"]["ms"] < 3000
    assert not done["ok"]
    assert all(done["errors"].values())
    assert (await library.view())["callback_id"] == "tjek_page"  # it came after all
    assert count(database(tmp_path), "tjek") == 1


# What nobody knows any more.


async def test_an_unknown_button_in_a_message_gets_the_sentence(library: Library) -> None:
    told = await api(
        library, "chat.postMessage", channel="C03", text="Før", blocks=[buttons(button("old_one"))]
    )
    where = {"channel": "C03", "ts": told["ts"]}
    done = await library.control("click", user="U02", action_id="old_one", message=where)
    assert done["ok"]
    assert said(await library.message()).strip() == OLD_BUTTON


async def test_a_button_whose_name_only_ends_like_ours_is_unknown(library: Library) -> None:
    old = button("old_contact_recent.1")
    told = await api(library, "chat.postMessage", channel="C03", text="Før", blocks=[buttons(old)])
    where = {"channel": "C03", "ts": told["ts"]}
    await library.control("click", user="U02", action_id=old["action_id"], message=where)
    assert said(await library.message()).strip() == OLD_BUTTON


async def test_an_unknown_button_in_a_modal_gets_the_sentence_on_top(library: Library) -> None:
    view = {"type": "modal", "title": plain("Før"), "blocks": [buttons(button("old_one"))]}
    opened = await show_modal(library, view)
    await library.control("click", user="U02", action_id="old_one", view_id=opened)
    assert OLD_BUTTON in said(await library.view())


async def test_an_unknown_form_says_it_at_its_first_field(library: Library) -> None:
    field = {"type": "plain_text_input", "action_id": "a"}
    first = {"type": "input", "block_id": "first", "label": plain("Felt"), "element": field}
    view = {
        "type": "modal",
        "callback_id": "old_form",
        "title": plain("Før"),
        "submit": plain("Gem"),
        "blocks": [first],
    }
    await show_modal(library, view)
    done = await library.submit({"first": "noget"})
    assert list(done["errors"]) == ["first"]
    assert "gammel" in done["errors"]["first"]


async def test_an_unknown_form_without_fields_gives_way_to_the_sentence(library: Library) -> None:
    view = {
        "type": "modal",
        "callback_id": "old_form",
        "title": plain("Før"),
        "submit": plain("Gem"),
        "blocks": [{"type": "section", "block_id": "s", "text": plain("Før")}],
    }
    await show_modal(library, view)
    await library.submit({})
    assert OLD_BUTTON in said(await library.view())


async def test_a_select_of_an_earlier_time_offers_nothing_and_does_not_hang(
    library: Library,
) -> None:
    menu = {"type": "external_select", "action_id": "old_search", "min_query_length": 0}
    blocks = [buttons({**menu, "placeholder": plain("Søg")})]
    told = await api(library, "chat.postMessage", channel="C03", text="Før", blocks=blocks)
    where = {"channel": "C03", "ts": told["ts"]}
    done = await library.control(
        "suggest", user="U02", message=where, action_id="old_search", value="spr"
    )
    assert done["ok"], done
    assert done["options"] == []


async def test_a_guest_who_uses_the_shortcut_is_told_why(library: Library) -> None:
    await library.control("shortcut", user="U04", callback_id="add_partner")
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.view("U04"))


async def test_a_closed_form_needs_no_listener(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    await library.write("tjek")
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    assert "Unhandled" not in caplog.text


# The two endings.


async def test_the_reference_that_is_shown_stands_in_the_log_with_its_traceback(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await library.write("ny Springbræt", user="U03")
    await library.submit({}, user="U03")
    await library.write("springbræt")
    with broken(database(tmp_path), "partner_tie"):
        await library.press("Jeg kender dem")
    shown = said(await library.message())
    assert "Det gik galt hos mig, ikke hos dig." in shown
    found = REFERENCE.search(shown)
    assert found
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert found[1] in record.getMessage()
    assert record.exc_info


async def test_in_a_form_the_reference_is_plain_text_at_a_field(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await library.write("tjek Pixelværket")
    with broken(database(tmp_path), "tjek"):
        done = await library.submit({})
    (sentence,) = done["errors"].values()
    assert "Det gik galt hos mig" in sentence
    assert not {"*", "`"} & {*sentence}
    found = REFERENCE.search(sentence)
    assert found
    assert found[1] in caplog.text


async def test_what_a_person_can_put_right_is_no_error_in_the_log(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    await library.write("tjek")
    await library.submit({})
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


# What never stands in the log.


async def write_secrets_everywhere(library: Library) -> None:
    """What a person writes: a search, a new partner, its note, an idea; some of it refused."""
    typed = " ".join(SECRETS)
    await library.write(f"{typed} findes ikke")
    await library.write(f"ny {typed}")
    await library.submit({"contact": f"Anne {typed}\nanne@eksempel.dk"})
    await library.submit({"source": typed})
    view = await library.view()
    await library.control("close", user="U02", view_id=view["id"])
    await library.write(typed)
    await library.choose("Ret: hvad vi laver sammen")
    await library.submit({"note": f"{typed} 010190-1234"})
    await library.submit({"note": typed, "next_step": typed, "keywords": typed})
    await library.write(f"tjek {typed}")
    await library.submit({"idea": typed})


async def test_what_people_write_is_not_in_the_log(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await write_secrets_everywhere(library)
    assert rows(database(tmp_path), "SELECT next_step, note FROM partner") == [
        (" ".join(SECRETS), " ".join(SECRETS))
    ]
    assert count(database(tmp_path), "tjek") == 1
    for secret in (*SECRETS, "eksempel.dk"):
        assert secret not in caplog.text


@pytest.mark.parametrize("table", ["partner", "partner_word", "contact_person", "tjek"])
async def test_what_people_write_is_not_in_the_log_when_the_database_breaks(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture, table: str
) -> None:
    caplog.set_level(logging.INFO)
    typed = " ".join(SECRETS)
    with broken(database(tmp_path), table):
        await library.write(f"ny {typed}")
        await library.submit({"contact": f"Anne {typed}\nanne@eksempel.dk", "source": typed})
        await library.write(f"tjek {typed}")
        await library.submit({"idea": typed})
    assert "Failed, reference" in caplog.text
    for secret in (*SECRETS, "eksempel.dk"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    ("method", "how"),
    [
        ("response_url", {"status": 500, "error": "internal_error"}),
        ("views.open", {"error": "invalid_arguments"}),
        ("views.open", {"status": 500}),
        ("views.open", {"drop_answer": True}),
        ("users.info", {"error": "user_not_found"}),
    ],
)
async def test_neither_tokens_nor_addresses_to_answer_at_are_in_the_log(
    library: Library, caplog: pytest.LogCaptureFixture, method: str, how: Json
) -> None:
    caplog.set_level(logging.INFO)
    await fault(library, method, times=3, **how)
    await library.write(f"tjek {' '.join(SECRETS)}")
    await library.write(" ".join(SECRETS))
    assert [r for r in caplog.records if r.levelno >= logging.ERROR]
    urls = [e["request"]["payload"]["response_url"] for e in await library.log("envelope")]
    spoken = [url.rpartition("/")[2] for url in urls]
    for secret in (*spoken, *SECRETS, "xoxb-sandbox", "xapp-sandbox", "sandbox-signing-secret"):
        assert secret not in caplog.text
