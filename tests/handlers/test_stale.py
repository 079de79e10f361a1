"""Buttons and forms of an earlier version: ids that are known, in a form that is not."""

import pytest
from slackblocks import Block, ModalView

from handlers.views.parts import button, plain, rich, row
from tests.handlers.library import Library, said
from tests.handlers.test_privacy import set_up
from tests.handlers.wire import OLD_BUTTON, show_modal


def modal(*blocks: Block, callback_id: str = "old", note: str = "", submit: str = "") -> ModalView:
    return ModalView(
        plain("Før"),
        [rich("Før", "before"), *blocks],
        callback_id=callback_id,
        private_metadata=note,
        submit=plain(submit) if submit else None,
    )


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("privacy_inform", "7"),
        ("privacy_inform.3", "7:anne:list.0"),
        ("privacy_no_contact", "7:8:1"),
        ("privacy_send", "7"),
        ("privacy_anonymise", "7:8:9"),
        ("person_edit.0", "7"),
        ("person_remove", ""),
        ("contact_answer.2", "7:rooms"),
        ("contact_answer.2", "7:formål:leg"),
    ],
)
async def test_an_old_button_says_that_it_is_old(
    library: Library, action_id: str, value: str
) -> None:
    await set_up(library)
    old = modal(row("buttons", button("Tryk", action_id, value or "-")))
    await show_modal(library, old.to_dict(), "U01")
    await library.press("Tryk", "U01")
    assert OLD_BUTTON in said(await library.view("U01"))


@pytest.mark.parametrize(
    ("callback_id", "note"),
    [
        ("privacy_informed", "7:8"),
        ("privacy_anonymised", "7"),
        ("person_save", "7:8"),
        ("contact_save", "7"),
    ],
)
async def test_an_old_form_says_that_it_is_old(
    library: Library, callback_id: str, note: str
) -> None:
    await set_up(library)
    old = modal(callback_id=callback_id, note=note, submit="Gem")
    await show_modal(library, old.to_dict(), "U01")
    done = await library.submit({}, "U01")
    assert done["ok"], done
    assert OLD_BUTTON in said(await library.view("U01"))
