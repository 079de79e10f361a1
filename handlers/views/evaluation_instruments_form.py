"""The form of an instrument, or of one of its questions.

Its action_ids carry the version, as those of the settings do (views/workspace_form).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slackblocks import (
    Block,
    CheckboxGroup,
    InputBlock,
    ModalView,
    PlainTextInput,
    StaticSelectMenu,
)

from bot.evaluation_instruments import (
    ITSELF,
    PART,
    PART_OF_ITSELF,
    TEXTS,
    Merge,
    Put,
    Puts,
    edited,
    theme_name,
    themes,
)
from bot.evaluation_instruments_rules import LENGTH, LENGTH_OF_ITSELF, OTHER, THEME_LENGTH
from bot.translation import Translator, mark
from handlers.views.evaluation_instruments import BACK, SHOW, shown, value_of
from handlers.views.parts import Person, Typed, button, confirm, option, plain, rich, row, small
from handlers.views.tjek_questions import ONE_LINE

ORIGINAL = "evaluation_instruments_original"
SUBMIT = "evaluation_instruments_save"  # callback id

THEME = "theme"  # block ids; the texts have their own names
NEW_THEME = "new_theme"
CHOICES = "choices"
ON = "on"

HINTS = {
    "text_da": mark("Write {other} where the other side's name is to stand."),
    "text_en": mark(
        "Where the English is empty, the Danish is shown. If you change the Danish alone, I empty"
        " the English, so that all are asked the same."
    ),
}


def form_view(
    t: Translator, puts: Puts, put: Put, version: int, above: Sequence[Block] = ()
) -> ModalView:
    """A question or an instrument; private_metadata names it and the change that it shows."""
    labels = PART if put.is_question else PART_OF_ITSELF
    theme = _themes(t, puts, put, version) if put.is_question and put.own else []
    texts = [_text(t, put, name, version) for name in TEXTS]
    return ModalView(
        plain(t("A question") if put.is_question else t("A questionnaire"), 24),
        [*above, *theme, *texts, _switch(t, put, t(labels[ON]), version), _ways(t, put)],
        submit=plain(t("Save")),
        close=plain(t("Close")),
        callback_id=SUBMIT,
        private_metadata=f"{value_of(put)}:{version}",
    )


def where(note: str) -> tuple[str, str, int]:
    """Which instrument, which question of it, and the change that the form showed."""
    instrument_id, question_id, version = note.split(":")
    return instrument_id, question_id, int(version)


def read(base: Put, typed: Typed) -> Put:
    """It with what the form holds."""
    states = {block_id: next(iter(fields.values())) for block_id, fields in typed.items()}
    held: dict[str, Any] = {name: str(states[name].get("value") or "") for name in TEXTS}
    held[ON] = bool(states[CHOICES].get("selected_options"))
    if THEME in states:
        chosen = states[THEME].get("selected_option") or {}
        held[THEME] = str(states[NEW_THEME].get("value") or chosen.get("value") or "")
    return replace(base, **held)


def saved(t: Translator, put: Put, english_left: Sequence[str] = ()) -> list[Block]:
    """To stand on top, with the English texts that the Danish now stands for."""
    sentence = (
        t("**Saved:** {question}") if put.on else t("**Saved,** and not asked any more: {question}")
    )
    blocks: list[Block] = [rich(sentence, block_id="instruments_saved", question=put.text_da)]
    if english_left:
        left = t(
            "Those who read English see your Danish now, too, so that all are asked the same. Does"
            " the English still fit? Then edit the question, and write it again: {english}",
            english=" · ".join(t("“{words}”", words=words) for words in english_left),
        )
        blocks.append(small(left, "instruments_english"))
    return blocks


def conflict(t: Translator, merge: Merge, theirs: Put, by: str) -> list[Block]:
    """What a colleague changed while this form was open, to stand on top of it."""
    labels = PART if theirs.is_question else PART_OF_ITSELF
    changed = t("{who} changed this while you wrote: {fields}. Your own changes are still here.")
    both = t("You both changed {fields}. Yours stands below; theirs is: {theirs}")
    fields = t.list(t(labels[name]) for name in merge.theirs_changed)
    blocks: list[Block] = [
        rich(changed, block_id="instruments_conflict", who=Person(by), fields=fields)
    ]
    blocks += [
        rich(
            both, f"instruments_both.{name}", fields=t(labels[name]), theirs=shown(t, theirs, name)
        )
        for name in merge.both_changed
    ]
    return [*blocks, small(t("Look it through and press Save."), "instruments_look")]


def _themes(t: Translator, puts: Puts, put: Put, version: int) -> list[Block]:
    """The known themes, those of the library's own making too, and room for a new one."""
    mine = {one.theme: theme_name(one) for one in puts.values() if one.is_question and one.own}
    named = {**themes(), **mine}
    known = {theme: option(name.in_(t.language), theme) for theme, name in named.items()}
    menu = StaticSelectMenu(
        f"{THEME}.{version}",
        [*known.values()],
        initial_option=known.get(put.theme),
        placeholder=plain(t("Choose")),
    )
    unknown = "" if put.theme in known else put.theme
    new = PlainTextInput(
        f"{NEW_THEME}.{version}", initial_value=unknown or None, max_length=THEME_LENGTH
    )
    return [
        InputBlock(plain(t(PART[THEME])), menu, block_id=THEME, optional=True),
        InputBlock(plain(t("Or a new theme")), new, block_id=NEW_THEME, optional=True),
    ]


def _text(t: Translator, put: Put, name: str, version: int) -> Block:
    labels, length = (PART, LENGTH) if put.is_question else (PART_OF_ITSELF, LENGTH_OF_ITSELF)
    hint = HINTS.get(name) if put.is_question else None
    return InputBlock(
        plain(t(labels[name])),
        PlainTextInput(
            f"{name}.{version}",
            initial_value=getattr(put, name) or None,
            multiline=length[name] > ONE_LINE,
            max_length=length[name],
        ),
        hint=plain(t(hint, other=OTHER)) if hint else None,
        block_id=name,
        optional=name.endswith("_en"),
    )


def _switch(t: Translator, put: Put, label: str, version: int) -> Block:
    on = option(label, ON)
    return InputBlock(
        plain(t("How it is used")),
        CheckboxGroup(f"{CHOICES}.{version}", [on], initial_options=[on] if put.on else None),
        block_id=CHOICES,
        optional=True,
    )


def _ways(t: Translator, put: Put) -> Block:
    way = (SHOW, put.instrument_id) if put.instrument_id else (BACK, ITSELF)
    back = button(t("Back"), *way)
    if not edited(put):
        return row("instrument_ways", back)
    question = confirm(
        t("Bring back the original?"),
        t("It is asked again as it was when Partnerbot came. The history keeps yours."),
        t("Bring it back"),
        t("Keep ours"),
    )
    original = button(t("The original wording"), ORIGINAL, value_of(put), confirm=question)
    return row("instrument_ways", back, original)
