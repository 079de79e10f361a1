"""The instruments for the one who edits them: all of them, and one with its questions."""

from collections.abc import Sequence

from slackblocks import Block, ModalView, SectionBlock

from bot.evaluation_instruments import ITSELF, Put, Puts, edited, questions_of, theme_name
from bot.translation import Translator, mark
from bot.workspace import Language
from handlers.views.parts import button, heading, plain, row, small

OPEN = "evaluation_instruments_open"
BACK = "evaluation_instruments_back"
SHOW = "evaluation_instruments_show"
EDIT = "evaluation_instruments_edit"
ADD = "evaluation_instruments_add"
HISTORY = "evaluation_instruments_history"

_ASKED = mark(
    "What you change holds from the next evaluation on. Those begun keep their questions."
)


def list_view(t: Translator, puts: Puts, above: Sequence[Block] = ()) -> ModalView:
    """Every instrument, with the way to its questions."""
    heads = [put for put in puts.values() if not put.is_question]
    ways = row(
        "instruments_ways",
        button(t("Add a questionnaire"), f"{ADD}.{ITSELF}", ITSELF),
        button(t("Who changed what?"), HISTORY, "0"),
    )
    return _view(
        t,
        [
            *above,
            small(t(_ASKED), "instruments_note"),
            *(_head(t, puts, one) for one in heads),
            ways,
        ],
    )


def instrument_view(
    t: Translator, puts: Puts, instrument_id: str, above: Sequence[Block] = ()
) -> ModalView:
    """One instrument: its source, and its questions with the way to the form of each."""
    head = puts[instrument_id, ITSELF]
    source = t("Source: {source}", source=_in(t, head, "why"))
    lines = [_line(t, put) for put in questions_of(puts, instrument_id)]
    name = (button(t("Name and source"), f"{EDIT}.itself", value_of(head)),)
    ways = row(
        "instrument_ways",
        button(t("Back"), BACK, ITSELF),
        button(t("Add a question"), f"{ADD}.{instrument_id}", instrument_id),
        *(name if head.own else ()),
    )
    title = heading(_in(t, head, "text"), "instrument")
    return _view(t, [*above, title, small(source, "instrument_source"), *lines, ways])


def meant(value: str) -> tuple[str, str]:
    """The key of what a button is about."""
    instrument_id, _, question_id = value.partition(":")
    return instrument_id, question_id


def value_of(put: Put) -> str:
    """How a button and a form name it."""
    return f"{put.instrument_id}:{put.question_id}"


def shown(t: Translator, put: Put, name: str) -> str:
    """One part of it in words."""
    if name == "on":
        return t("Yes") if put.on else t("No")
    if name == "theme":
        return theme_name(put).in_(t.language)
    words = getattr(put, name)
    return t("“{words}”", words=words) if words else "–"


def _view(t: Translator, blocks: Sequence[Block]) -> ModalView:
    return ModalView(
        plain(t("The evaluation's questions"), 24),
        [*blocks],
        close=plain(t("Close")),
        callback_id="evaluation_instruments",
    )


def _head(t: Translator, puts: Puts, head: Put) -> Block:
    number = sum(put.on for put in questions_of(puts, head.instrument_id))
    asked = t.n("one question", "{number} questions", number) if number else t("no questions yet")
    told = [asked, t("your own") if head.own else "", "" if head.on else t("not used")]
    return SectionBlock(
        plain(f"{_in(t, head, 'text')}\n{' · '.join(filter(None, told))}"),
        block_id=f"instrument.{head.instrument_id}",
        accessory=button(t("Show"), f"{SHOW}.{head.instrument_id}", head.instrument_id),
    )


def _line(t: Translator, put: Put) -> Block:
    text = _in(t, put, "text")
    told = [
        theme_name(put).in_(t.language),
        t("your own") if put.own else "",
        t("edited") if edited(put) else "",
    ]
    asked = text if put.on else t("Not asked: {question}", question=text)
    return SectionBlock(
        plain(f"{asked}\n{' · '.join(filter(None, told))}"),
        block_id=f"question.{put.question_id}",
        accessory=button(t("Edit"), f"{EDIT}.{put.question_id}", value_of(put)),
    )


def _in(t: Translator, put: Put, kind: str) -> str:
    danish: str = getattr(put, f"{kind}_da")
    english: str = getattr(put, f"{kind}_en")
    return danish if t.language is Language.DANISH else english or danish
