from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.questions import Bilingual, QuestionSet
from bot.round import Kind, Round, Sheet, Standing, State
from bot.round_step import Step
from bot.tjek import Answer, Check, Decision
from bot.tjek import Sheet as OwnSheet
from bot.tjek_again import Again, Apart, Changed
from bot.tjek_parts import parts
from bot.tjek_round import Outcome, outcome, pages_for
from bot.tjek_step import STEP_LENGTH
from bot.tjek_told import Told
from bot.translation import Translator
from handlers.views import (
    tjek_answer,
    tjek_ask,
    tjek_decide,
    tjek_decided,
    tjek_reveal,
    tjek_together,
)
from handlers.views.parts import Reply
from handlers.views.tjek import SHOW, Asked
from sandbox.validation import check_message
from tests.handlers.views.extreme import (
    CHECKS,
    DANISH,
    LANGUAGES,
    QUESTIONS,
    SHEETS,
    USERS,
    accepted_message,
    accepted_view,
    assert_fine,
    extremes,
    filled,
    maybe,
    texts,
    words,
)
from tests.handlers.views.test_round import ROUNDS

IDS = [question.id for question in QUESTIONS.questions]
PAGES = [page.id for page in (*QUESTIONS.pages, QUESTIONS.short_page)]
ANSWERS = st.one_of(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(Answer).map(str), min_size=1),
    st.sampled_from(Answer).map(lambda answer: dict.fromkeys(IDS, str(answer))),
)
NOTES = st.dictionaries(st.sampled_from(PAGES), words(3000), max_size=5)
ROUND_SHEETS = st.builds(Sheet, answers=ANSWERS, notes=NOTES)
SHORT_SHEETS = st.builds(Sheet, answers=ANSWERS, notes=st.just({}))


def crowd(sheets: list[Sheet], people: int) -> dict[str, Sheet]:
    return {f"U{n:010}": sheets[n % len(sheets)] for n in range(people)}


FEW = st.dictionaries(USERS, ROUND_SHEETS, max_size=6)
MANY = st.builds(
    crowd, st.lists(SHORT_SHEETS, min_size=1, max_size=3), st.sampled_from((7, 60, 200))
)
PEOPLE = st.one_of(FEW, MANY)
AGAIN = st.builds(
    Again,
    former=CHECKS,
    changed=st.lists(
        st.builds(
            Changed,
            question=st.sampled_from(QUESTIONS.questions),
            before=st.sampled_from((*Answer, Apart.APART)),
            now=st.sampled_from((*Answer, Apart.APART)),
        ),
        max_size=14,
    ).map(tuple),
    same=st.integers(0, 14),
)
DECIDING = st.builds(
    tjek_decide.Deciding,
    choice=st.one_of(st.none(), st.sampled_from(Decision)),
    reason=maybe(300),
    step=maybe(STEP_LENGTH),
    step_on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2090, 1, 1))),
    who=st.lists(USERS, max_size=4, unique=True).map(tuple),
    keeps=st.sampled_from((None, True, False)),
)
STEPS = st.builds(
    Step, words(STEP_LENGTH), st.dates(date(2020, 1, 1)), st.sampled_from(((), ("U01", "U02")))
)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
AN_OPEN_ROUND = Round(
    kind=Kind.TJEK,
    subject_id=1,
    called_by="U0000000000",
    opened_at=NOW,
    deadline=NOW,
    standings={},
    named=True,
    channel="C01",
    id=1,
)
LONG_NAMES = {f"U{n:010}": f"{n} " + "Å" * 90 for n in range(401)}


def revealed(this: Round, sheets: dict[str, Sheet]) -> Round:
    standings = dict.fromkeys(sheets, Standing.ANSWERED) | {"UGONE": Standing.DECLINED}
    return replace(this, state=State.REVEALED, standings=standings)


def played(check: Check, this: Round, sheets: dict[str, Sheet]) -> tuple[Round, Outcome]:
    shown = revealed(this, sheets)
    return shown, outcome(check, shown, sheets)


@LANGUAGES
@extremes(check=CHECKS, this=ROUNDS, sheets=PEOPLE, again=st.one_of(st.none(), AGAIN))
def test_every_message_of_a_reveal_is_accepted_and_none_leaves_anybody_out(
    t: Translator, check: Check, this: Round, sheets: dict[str, Sheet], again: Again | None
) -> None:
    check = replace(check, short=False)
    this, found = played(check, this, sheets)
    told = ""
    for part in parts(found):
        reply = tjek_reveal.message(
            t, check, this, found, part, LONG_NAMES, stewards=["U01"], again=again
        )
        shown = accepted_in_thread(reply.payload())
        told += texts(shown)
        assert "{" not in reply.text or "{" in check.idea + check.partner_name
    for sheet in sheets.values():
        assert all(note.strip() in told for note in sheet.notes.values() if "`" not in note)


def longest_questions(on_a_page: int) -> QuestionSet:
    """As many questions as a library can have, each as long as it can be, and all hard stops."""
    first = QUESTIONS.questions[0]
    pages = []
    for place, page in enumerate(QUESTIONS.pages):
        numbers = range(place * on_a_page + 1, (place + 1) * on_a_page + 1)
        filled_up = tuple(
            first.model_copy(
                update={
                    "id": f"q{n}",
                    "number": n,
                    "text": Bilingual(da=text, en=text),
                    "short": Bilingual(da=short, en=short),
                }
            )
            for n in numbers
            for text, short in [(f"{n} {'Å' * 146}?", f"{n} {'Ø' * 21}")]
        )
        pages.append(page.model_copy(update={"questions": filled_up}))
    return QUESTIONS.model_copy(update={"pages": tuple(pages)})


WAYS: dict[str, Callable[[int, int], str]] = {
    "apart": lambda user, question: ("yes", "partly", "no")[user % (2 + question % 2)],
    "all no": lambda *_: "no",
    "some do not know": lambda user, _: "no" if user % 3 else "unknown",
    "nobody knows": lambda user, _: "unknown" if user else "no",
    "all but one are silent": lambda user, _: "" if user else "no",
}


@LANGUAGES
@pytest.mark.parametrize(
    ("people", "on_a_page"), [(2, 15), (6, 5), (6, 15), (7, 5), (60, 15), (201, 15)]
)
@pytest.mark.parametrize("way", WAYS)
def test_sixty_questions_and_the_longest_notes_lose_nothing_and_keep_their_order(
    t: Translator, people: int, on_a_page: int, way: str
) -> None:
    asked = longest_questions(on_a_page)
    wording = asked.model_dump(mode="json")
    check = Check("U1", NOW, idea="I" * 200, partner_name="P" * 200, wording=wording)
    answer = WAYS[way]
    sheets = {
        f"U{user:010}": Sheet(
            {
                q.id: given
                for q in asked.questions
                if (given := answer(user, q.number)) or q.number == 1
            },
            {page.id: f"{user:03}{page.id}" + "n" * 2990 for page in asked.pages}
            if people < 61
            else {},
        )
        for user in range(people)
    }
    this, found = played(check, AN_OPEN_ROUND, sheets)
    told = []
    for part in parts(found):
        reply = tjek_reveal.message(t, check, this, found, part, LONG_NAMES, stewards=["U01"])
        told.append(accepted_in_thread(reply.payload()))
    assert [b["type"] for m in told for b in m["blocks"]].count("data_table") == 1
    everything = "".join(texts(message) for message in told)
    for user, sheet in sheets.items():
        for note in sheet.notes.values():
            assert everything.count(note) == 1
        if found.apart:
            assert f"{int(user[1:])} Å" in everything
    heads = [f"{p.question.number}. {p.question.text.da}" for p in found.apart]
    for those in (heads[:3], heads[3:]):
        places = [everything.index(head) for head in those]
        assert places == sorted(places)
    accepted_view(tjek_together.result_view(t, check, this, found, LONG_NAMES, leads=True))


@pytest.mark.parametrize("short", [False, True])
def test_what_some_left_out_is_told_by_the_numbers_of_the_form(*, short: bool) -> None:
    given = [{"goals": "yes", "hours": "no"}, {"hours": "yes", "goals": "yes", "money": "unknown"}]
    sheets = {f"U{n:010}": Sheet(answers) for n, answers in enumerate(given)}
    check = Check("U1", NOW, idea="Idé", short=short)
    this, found = played(check, AN_OPEN_ROUND, sheets)
    (part,) = parts(found)
    reply = tjek_reveal.message(DANISH, check, this, found, part, LONG_NAMES, stewards=["U01"])
    shown = texts(accepted_in_thread(reply.payload()))
    assert "13. Er der folk" in shown
    assert "Skal undersøges: Penge (ved ikke: 1 Å" in shown
    assert "; 1 uden svar)" in shown
    nobody = "2 og 8" if short else "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 og 12"
    assert f"Ingen har svaret på spørgsmål {nobody}." in shown


def accepted_in_thread(payload: dict[str, Any]) -> dict[str, Any]:
    """A message with a table, which no modal takes."""
    assert_fine(payload, check_message(payload))
    assert "<" not in str(payload["text"])
    return payload


@LANGUAGES
@extremes(
    check=CHECKS,
    this=ROUNDS,
    sheets=PEOPLE,
    leads=st.booleans(),
    step=maybe(300),
    again=st.one_of(st.none(), AGAIN),
    in_thread=st.booleans(),
)
def test_the_result_is_accepted_before_and_after_the_decision(
    t: Translator,
    check: Check,
    this: Round,
    sheets: dict[str, Sheet],
    leads: bool,  # noqa: FBT001 - Hypothesis calls it
    step: str,
    again: Again | None,
    in_thread: bool,  # noqa: FBT001 - as above
) -> None:
    this, found = played(check, this, sheets)
    for decision in (None, *Decision):
        view = tjek_together.result_view(
            t,
            replace(check, decision=decision),
            this,
            found,
            LONG_NAMES,
            leads=leads,
            again=again,
            told=Told(check.reason, step),
            in_thread=in_thread,
        )
        shown = accepted_view(view)
        assert (tjek_reveal.DECIDE in str(shown)) == leads, "to write it, or to change it"


@LANGUAGES
@extremes(check=CHECKS, channel=maybe(80), reason=st.sampled_from(("is_archived", "ekm", "")))
def test_a_channel_that_does_not_take_the_answers_is_told_of(
    t: Translator, check: Check, channel: str, reason: str
) -> None:
    shown = accepted_message(t, tjek_reveal.unshown(t, check, channel, reason))
    assert SHOW in str(shown)


@LANGUAGES
@extremes(check=CHECKS, this=ROUNDS)
def test_without_an_answer_there_are_three_ways_on(
    t: Translator, check: Check, this: Round
) -> None:
    def ways(check: Check, this: Round) -> list[str]:
        shown = accepted_message(t, tjek_reveal.nobody(t, check, this, ["U01"]))
        rows = [block["elements"] for block in shown["blocks"] if block["type"] == "actions"]
        return [element["action_id"] for elements in rows for element in elements]

    undecided, decided = replace(check, decision=None), replace(check, decision=Decision.GO_ON)
    shown, closed = replace(this, state=State.REVEALED), replace(this, state=State.CLOSED)
    three = [tjek_reveal.AGAIN, tjek_reveal.DECIDE, tjek_reveal.LET_LIE]
    assert ways(undecided, shown) == three
    assert ways(undecided, closed) == []
    assert ways(decided, closed) == [tjek_reveal.DECIDE]


@LANGUAGES
@extremes(check=CHECKS, this=ROUNDS, sheet=SHEETS, left=st.integers(0, 14))
def test_every_page_of_a_round_is_accepted(
    t: Translator, check: Check, this: Round, sheet: OwnSheet, left: int
) -> None:
    order = pages_for(check)
    for number, page in enumerate(order, 1):
        asked = Asked(page, number, len(order))
        shown = accepted_view(tjek_answer.answer_view(t, check, this, asked, sheet))
        assert (tjek_answer.BACK in str(shown)) == (number > 1)
    accepted_message(t, tjek_answer.sent(t, this, left))
    accepted_message(t, tjek_answer.shown(t))
    accepted_message(t, tjek_answer.over(t, this, "x" * 300))
    accepted_message(t, tjek_answer.answered(t, this, "x" * 300))


@LANGUAGES
@extremes(
    check=CHECKS,
    deadline=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    channel=st.one_of(st.none(), st.just("C01")),
    invited=st.lists(USERS, max_size=60, unique=True),
    others=st.lists(st.tuples(ROUNDS, words(300)), max_size=4),
    everybody=st.booleans(),
)
def test_asking_comes_back_as_it_was_opened(
    t: Translator,
    check: Check,
    deadline: date,
    channel: str | None,
    invited: list[str],
    others: list[tuple[Round, str]],
    everybody: bool,  # noqa: FBT001 - as above
) -> None:
    view = tjek_ask.ask_view(
        t, check, deadline, channel, invited=invited, others=others, everybody=everybody
    )
    shown = accepted_view(view)
    asked = tjek_ask.read_ask(filled(shown))
    assert asked == tjek_ask.Asking(tuple(invited), deadline, channel or "", everybody)


@LANGUAGES
@extremes(
    check=CHECKS,
    this=ROUNDS,
    deciding=DECIDING,
    suggested=maybe(STEP_LENGTH),
    theirs=maybe(300),
    no_sent_on=st.one_of(st.none(), st.just(date(2026, 12, 1))),
)
def test_deciding_comes_back_as_it_was_filled_in(
    t: Translator,
    check: Check,
    this: Round,
    deciding: tjek_decide.Deciding,
    suggested: str,
    theirs: str,
    no_sent_on: date | None,
) -> None:
    view = tjek_decide.decide_view(
        t, check, this, deciding, suggested=suggested, theirs=theirs, no_sent_on=no_sent_on
    )
    again = tjek_decide.read_decide(filled(accepted_view(view)))
    assert (again.choice, again.reason) == (deciding.choice, deciding.reason)
    if deciding.choice in (Decision.GO_ON_IF, Decision.FIND_OUT):
        assert (again.step_on, again.who) == (deciding.step_on, deciding.who)
        assert again.step in (deciding.step, suggested)
        assert again.keeps == (deciding.keeps is True if theirs else None)


@LANGUAGES
@extremes(check=CHECKS, name=words(100), said=maybe(300), step=st.one_of(st.none(), STEPS))
def test_the_decision_is_said(
    t: Translator, check: Check, name: str, said: str, step: Step | None
) -> None:
    told = Told(check.reason, said, step)
    for decision in Decision:
        check = replace(check, decision=decision)
        for names in ({}, {"U01": name}):
            accepted_message(t, tjek_decided.in_thread(t, check, "U01", told, names))
            accepted_message(t, Reply("x", [tjek_decided.decision_line(t, check, told, names)]))
        accepted_message(t, tjek_decided.decided(t, check, step.on if step else None))
