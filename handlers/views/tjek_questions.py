"""The questions of the check for the one who edits them: all of them, and the form of one.

The form's action_ids carry the version, as those of the settings do (views/workspace_form).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slackblocks import (
    Block,
    CheckboxGroup,
    InputBlock,
    ModalView,
    PlainTextInput,
    RadioButtonGroup,
    SectionBlock,
)

from bot.questions import load
from bot.tjek_questions import (
    PART,
    SWITCHES,
    TEXTS,
    Merge,
    Put,
    as_question,
    edited,
    question_set,
)
from bot.tjek_questions_rules import LENGTH
from bot.translation import Translator, mark
from handlers.views.parts import (
    Person,
    Typed,
    button,
    confirm,
    heading,
    option,
    plain,
    rich,
    row,
    small,
)

OPEN = "tjek_questions_open"
EDIT = "tjek_questions_edit"
ADD = "tjek_questions_add"
BACK = "tjek_questions_back"
ORIGINAL = "tjek_questions_original"
HISTORY = "tjek_questions_history"
SUBMIT = "tjek_questions_save"  # callback id

PAGE = "page"  # block ids; the texts have their own names
CHOICES = "choices"

ONE_LINE = 60  # characters that a field shows without scrolling

HINTS = {
    "why_da": mark("One sentence below the question, for the one who answers."),
    "short_da": mark("A word or two that the result calls it by."),
    "text_en": mark(
        "Where the English is empty, the Danish is shown. If you change the Danish alone, I empty"
        " the English, so that all are asked the same."
    ),
}


def list_view(t: Translator, puts: Mapping[str, Put], above: Sequence[Block] = ()) -> ModalView:
    """Every question, page by page, with the way to its form."""
    numbers = {question.id: question.number for question in question_set(puts).questions}
    said = t("What you change holds from the next check on. Those begun keep their questions.")
    blocks: list[Block] = [*above, small(said, "questions_note")]
    for page in load("tjek").pages:
        blocks.append(heading(page.title.in_(t.language), f"questions.{page.id}"))
        here = (put for put in puts.values() if put.page == page.id)
        blocks += [_line(t, put, numbers.get(put.question_id)) for put in here]
    ways = row(
        "questions_ways",
        button(t("Add a question"), ADD),
        button(t("Who changed what?"), HISTORY, "0"),
    )
    return ModalView(
        plain(t("The check's questions"), 24),
        [*blocks, ways],
        close=plain(t("Close")),
        callback_id="tjek_questions",
    )


def form_view(t: Translator, put: Put, version: int, above: Sequence[Block] = ()) -> ModalView:
    """One question, or a new one; private_metadata names it and the change that it shows."""
    page = [_page(t, put, version)] if put.own else []
    texts = [_text(t, name, getattr(put, name), version) for name in TEXTS]
    return ModalView(
        plain(t("New question") if not put.question_id else t("Edit the question"), 24),
        [*above, *page, *texts, _choices(t, put, version), _ways(t, put)],
        submit=plain(t("Save")),
        close=plain(t("Close")),
        callback_id=SUBMIT,
        private_metadata=f"{put.question_id}:{version}",
    )


def where(note: str) -> tuple[str, int]:
    """Which question, empty for a new one, and the change that the form showed."""
    question_id, _, version = note.partition(":")
    return question_id, int(version)


def read(base: Put, typed: Typed) -> Put:
    """The question with what the form holds."""
    states = {block_id: next(iter(fields.values())) for block_id, fields in typed.items()}
    chosen = {each["value"] for each in states[CHOICES].get("selected_options") or ()}
    held: dict[str, Any] = {name: str(states[name].get("value") or "") for name in TEXTS}
    held |= {name: name in chosen for name in SWITCHES}
    if PAGE in states:
        held[PAGE] = states[PAGE]["selected_option"]["value"]
    return replace(base, **held)


def saved(t: Translator, put: Put, english_left: Sequence[str] = ()) -> list[Block]:
    """To stand on top of the list, with the English texts that the Danish now stands for."""
    if put.on:
        sentence = t("**Saved:** {question}")
    else:
        sentence = t("**Saved,** and not asked any more: {question}")
    blocks: list[Block] = [rich(sentence, block_id="questions_saved", question=put.text_da)]
    if english_left:
        left = t(
            "Those who read English see your Danish now, too, so that all are asked the same. Does"
            " the English still fit? Then edit the question, and write it again: {english}",
            english=" · ".join(t("“{words}”", words=words) for words in english_left),
        )
        blocks.append(small(left, "questions_english"))
    return blocks


def conflict(t: Translator, merge: Merge, theirs: Put, by: str) -> list[Block]:
    """What a colleague changed while this form was open, to stand on top of it."""
    blocks: list[Block] = [
        rich(
            t("{who} changed this while you wrote: {fields}. Your own changes are still here."),
            block_id="questions_conflict",
            who=Person(by),
            fields=t.list(t(PART[name]) for name in merge.theirs_changed),
        )
    ]
    blocks += [
        rich(
            t("You both changed {fields}. Yours stands below; theirs is: {theirs}"),
            block_id=f"questions_both.{name}",
            fields=t(PART[name]),
            theirs=shown(t, theirs, name),
        )
        for name in merge.both_changed
    ]
    return [*blocks, small(t("Look it through and press Save."), "questions_look")]


def shown(t: Translator, put: Put, name: str) -> str:
    """One part of a question in words."""
    if name in SWITCHES:
        return t("Yes") if getattr(put, name) else t("No")
    if name == PAGE:
        return load("tjek").page(put.page).title.in_(t.language)
    words = getattr(put, name)
    return t("“{words}”", words=words) if words else "–"


def _line(t: Translator, put: Put, number: int | None) -> Block:
    question = as_question(put, number or 1)
    text = question.text.in_(t.language)
    told = [
        question.short.in_(t.language),
        t("a hard stop") if put.stop else "",
        t("in the short check too") if put.short_check else "",
        t("your own") if put.own else "",
        t("edited") if edited(put) else "",
    ]
    asked = f"{number}. {text}" if number else t("Not asked: {question}", question=text)
    return SectionBlock(
        plain(f"{asked}\n{' · '.join(filter(None, told))}"),
        block_id=f"question.{put.question_id}",
        accessory=button(t("Edit"), f"{EDIT}.{put.question_id}", put.question_id),
    )


def _page(t: Translator, put: Put, version: int) -> Block:
    pages = {page.id: option(page.title.in_(t.language), page.id) for page in load("tjek").pages}
    return InputBlock(
        plain(t(PART[PAGE])),
        RadioButtonGroup(
            f"{PAGE}.{version}", [*pages.values()], initial_option=pages.get(put.page)
        ),
        block_id=PAGE,
    )


def _text(t: Translator, name: str, value: str, version: int) -> Block:
    hint = HINTS.get(name)
    return InputBlock(
        plain(t(PART[name])),
        PlainTextInput(
            f"{name}.{version}",
            initial_value=value or None,
            multiline=LENGTH[name] > ONE_LINE,
            max_length=LENGTH[name],
        ),
        hint=plain(t(hint)) if hint else None,
        block_id=name,
        optional=name.endswith("_en"),
    )


def _choices(t: Translator, put: Put, version: int) -> Block:
    switches = {name: option(t(PART[name]), name) for name in SWITCHES}
    on = [switches[name] for name in SWITCHES if getattr(put, name)]
    return InputBlock(
        plain(t("How it is used")),
        CheckboxGroup(f"{CHOICES}.{version}", [*switches.values()], initial_options=on or None),
        block_id=CHOICES,
        optional=True,
    )


def _ways(t: Translator, put: Put) -> Block:
    back = button(t("Back"), BACK)
    if not edited(put):
        return row("question_ways", back)
    question = confirm(
        t("Bring back the original?"),
        t("It is asked again as it was when Partnerbot came. The history keeps yours."),
        t("Bring it back"),
        t("Keep ours"),
    )
    original = button(t("The original wording"), ORIGINAL, put.question_id, confirm=question)
    return row("question_ways", back, original)
