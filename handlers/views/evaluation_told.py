"""What the partner has said, put in by a colleague: from a pasted mail, or from a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block, InputBlock, ModalView, PlainTextInput, RadioButtonGroup

from bot.evaluation import Evaluation
from bot.evaluation_form import addressed
from bot.evaluation_mail import LAST_QUESTION
from bot.evaluation_paste import Reading, Unclear
from bot.evaluation_questions import LAST, Question
from bot.evaluation_words import ANSWERS
from bot.guard import NOTE_LENGTH
from bot.round import Round, Sheet, State, count
from bot.translation import Translator
from handlers.views.evaluation_partner import TO, Offer, voices
from handlers.views.parts import Reply, Typed, cut, notice, option, plain, rich, small
from handlers.views.round import counted, deadline_of

PASTED = "evaluation_pasted"  # callback ids
TOLD = "evaluation_told"

TEXT = "text"  # block and action ids
CHOICE, NOTE = "choice", "note"  # what the fields of a question begin with

# How it was told; MEETS: they would rather talk about it.
MAIL, MEETING, MEETS = "mail", "meeting", "meets"

LABEL = 2000  # characters that Slack takes of a field's label
PIECE = 2500  # characters of one block
SAID = 200


@dataclass(frozen=True)
class Where:
    """Which round, whose answer (empty: it is chosen in the form), and how it was told.

    `again`: she has been shown that they have answered before.
    """

    round_id: int
    voice: str
    how: str
    again: bool = False


def paste_view(t: Translator, offer: Offer) -> ModalView:
    """The field for the mail; private_metadata names the round."""
    field = PlainTextInput(TEXT, multiline=True, max_length=NOTE_LENGTH)
    hint = t("The numbers and what stands beside them are enough; leave out the rest of the mail.")
    return ModalView(
        plain(t("Answers from a mail")),
        [
            InputBlock(plain(t("Whose answers are they?")), voices(t, offer), block_id=TO),
            InputBlock(plain(t("Their mail")), field, hint=plain(hint), block_id=TEXT),
        ],
        submit=plain(t("See how I read it")),
        close=plain(t("Close")),
        callback_id=PASTED,
        private_metadata=str(offer.this.id),
    )


def preview_view(
    t: Translator,
    where: Where,
    evaluation: Evaluation,
    other: str,
    reading: Reading,
    *,
    offer: Offer | None = None,
) -> ModalView:
    """The questions with what was understood, to be corrected; `other` is the library's name.

    With an `offer` it is also chosen whose answers they are.
    """
    blocks = [*_above(t, where, reading), *_again(t, where)]
    if offer:
        whose = InputBlock(plain(t("Whose answers are they?")), voices(t, offer), block_id=TO)
        blocks.append(whose)
    for number, question in enumerate(evaluation.instrument.questions, 1):
        text = addressed(question.text.in_(t.language), other)
        blocks.append(_choice(t, f"{number}. {text}", question, reading.answers.get(question.id)))
        if note := reading.notes.get(question.id):
            blocks.append(_note(t("What they wrote about it"), question.id, note))
    blocks.append(_note(t(LAST_QUESTION), LAST, reading.notes.get(LAST, "")))
    return ModalView(
        plain(t("The partner's answers")),
        [*blocks, *_unread(t, reading.unread)],
        submit=plain(t("Save")),
        close=plain(t("Close")),
        callback_id=TOLD,
        private_metadata=_written(where),
    )


def meets_view(t: Translator, where: Where) -> ModalView:
    """The mail says "meeting" and nothing else."""
    sentence = t("**They would rather talk about it when you meet.** Save it, so that all know.")
    return ModalView(
        plain(t("The partner's answers")),
        [rich(sentence, block_id="evaluation_meets"), *_again(t, where)],
        submit=plain(t("Save")),
        close=plain(t("Close")),
        callback_id=TOLD,
        private_metadata=_written(where),
    )


def read_text(typed: Typed) -> tuple[str, str]:
    """Whose mail it is, and the mail."""
    return read_voice(typed), str(typed[TEXT][TEXT].get("value") or "")


def read_voice(typed: Typed) -> str:
    """Whose answers they are; empty where that was chosen before."""
    chosen = typed.get(TO, {}).get(TO, {}).get("selected_option")
    return str(chosen["value"]) if chosen else ""


def read_where(note: str) -> Where:
    """From private_metadata."""
    number, voice, how, again = note.split(":")
    return Where(int(number), voice, how, again=bool(again))


def read_told(typed: Typed) -> Sheet:
    """What stands in the form; a question without an answer is left out, and an empty note too."""
    answers: dict[str, str] = {}
    notes: dict[str, str] = {}
    for block_id, elements in typed.items():
        kind, _, key = block_id.partition(".")
        held = elements.get(block_id, {})
        if kind == CHOICE and (chosen := held.get("selected_option")):
            answers[key] = str(chosen["value"])
        if kind == NOTE and (text := held.get("value")):
            notes[key] = str(text)
    return Sheet(answers, notes)


def saved(t: Translator, this: Round, *, meets: bool) -> Reply:
    """It counts now, and nobody sees it before all answers are shown."""
    if this.state is not State.OPEN:
        sentence = t("**It is saved.** Theirs was the last answer, so all are shown now.")
    elif meets:
        sentence = t("**It is saved.** They would rather talk about it when you meet.")
    else:
        sentence = t(
            "**The partner's answers are saved.** {count} All are shown at once, on {deadline} at"
            " the latest."
        )
    values = {"count": counted(t, count(this)), "deadline": deadline_of(t, this.deadline)}
    return Reply(
        notice(sentence, **values), [rich(sentence, block_id="evaluation_saved", **values)]
    )


def _written(where: Where) -> str:
    return f"{where.round_id}:{where.voice}:{where.how}:{'again' if where.again else ''}"


def _again(t: Translator, where: Where) -> list[Block]:
    if not where.again:
        return []
    more = t("They have answered already. What stands here takes the place of that.")
    return [rich(more, block_id="evaluation_again")]


def _above(t: Translator, where: Where, reading: Reading) -> list[Block]:
    if where.how == MEETING:
        sentence = t(
            "Write in what they said. It is marked as told at a meeting, and nobody sees it before"
            " all answers are shown."
        )
        return [rich(sentence, block_id="evaluation_read")]
    found = len(reading.answers)
    first = t.n("**I found one answer.**", "**I found {number} answers.**", found)
    said = first if found else t("**I found no answers.**")
    look = t("Look it through, and put right what is wrong.")
    return [
        rich(f"{said} {look}", block_id="evaluation_read"),
        *(_unclear(t, one) for one in reading.unclear),
    ]


def _unclear(t: Translator, unclear: Unclear) -> Block:
    sentence = t("Question {number}: I do not understand {said}.")
    if len(unclear.said) > 1:
        sentence = t("Question {number}: they say different things, {said}. Choose one.")
    said = t.list(t("“{words}”", words=cut(words, SAID)) for words in unclear.said)
    name = f"evaluation_unclear.{unclear.number}"
    return rich(sentence, block_id=name, number=unclear.number, said=said)


def _choice(t: Translator, label: str, question: Question, answer: str | None) -> Block:
    choices = {value: option(t(word), value) for value, word in ANSWERS[question.answers].items()}
    name = f"{CHOICE}.{question.id}"
    chosen = choices.get(answer) if answer else None
    group = RadioButtonGroup(name, [*choices.values()], initial_option=chosen)
    return InputBlock(plain(label, LABEL), group, block_id=name, optional=True)


def _note(label: str, key: str, text: str) -> Block:
    name = f"{NOTE}.{key}"
    field = PlainTextInput(
        name,
        initial_value=text[:NOTE_LENGTH] or None,
        multiline=True,
        max_length=NOTE_LENGTH,
    )
    return InputBlock(plain(label), field, block_id=name, optional=True)


def _unread(t: Translator, lines: Sequence[str]) -> list[Block]:
    """What belongs to no question, whole: it can be copied into a field above."""
    if not lines:
        return []
    text = "\n".join(lines)
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    return [
        small(t("This I could not place. Copy what matters into a field above:"), "unread"),
        *(rich("{piece}", block_id=f"unread.{n}", piece=p) for n, p in enumerate(pieces)),
    ]
