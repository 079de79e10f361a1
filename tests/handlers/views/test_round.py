from dataclasses import replace

from hypothesis import strategies as st

from bot.round import Kind, Round, Standing, State, count
from bot.translation import Translator
from handlers.views import round as views
from handlers.views.parts import Reply
from handlers.views.round_waiting import asked_lines, in_the_week, led_lines
from tests.handlers.views.extreme import (
    LANGUAGES,
    MOMENTS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    maybe,
    texts,
    words,
)

FEW = st.dictionaries(USERS, st.sampled_from(Standing), min_size=1, max_size=5)
MANY = st.sampled_from(Standing).map(lambda how: {f"U{n:010}": how for n in range(200)})
ROUNDS = st.builds(
    Round,
    kind=st.sampled_from(Kind),
    subject_id=st.integers(1, 10**9),
    called_by=USERS,
    opened_at=MOMENTS,
    deadline=MOMENTS,
    standings=st.one_of(FEW, MANY),
    named=st.sampled_from((True,)),
    channel=st.just("C01"),
    state=st.sampled_from(State),
    caller_left=st.booleans(),
    id=st.integers(1, 10**9),
)
ASKED = st.builds(views.Asked, questions=st.integers(1, 60), few=st.integers(0, 30))


@LANGUAGES
@extremes(this=ROUNDS, subject=words(500), caller=maybe(300), decision=maybe(75))
def test_the_channel_reads_figures_and_no_name_but_the_callers(
    t: Translator, this: Round, subject: str, caller: str, decision: str
) -> None:
    shown = accepted_message(t, views.in_channel(t, this, subject, caller, decision))
    assert "user_id" not in str(shown)
    if this.state is State.OPEN:
        of = count(this)
        assert t("{answered} of {asked} have answered.", answered=of.answered, asked=of.asked) in (
            texts(shown)
        )


@LANGUAGES
@extremes(this=ROUNDS, subject=words(500), asked=ASKED)
def test_what_each_is_sent_alone_is_accepted(
    t: Translator, this: Round, subject: str, asked: views.Asked
) -> None:
    invited = accepted_message(t, views.invitation(t, this, subject, asked))
    assert str(invited).count("round_answer_short") == bool(asked.few)
    accepted_message(t, views.nudge(t, this, subject))
    accepted_message(t, views.declined(t, this))


@LANGUAGES
@extremes(this=ROUNDS, subject=words(500), viewer=USERS, above=maybe(300))
def test_only_the_one_who_called_it_sees_who_has_answered(
    t: Translator, this: Round, subject: str, viewer: str, above: str
) -> None:
    mine = replace(this, called_by="UCALLER", caller_left=False)
    answered = {user for user, how in this.standings.items() if how is Standing.ANSWERED}
    hers = accepted_view(views.status_view(t, mine, subject, "UCALLER", above=above))
    assert str(hers).count("'user_id'") == len(answered)
    others = accepted_view(views.status_view(t, mine, subject, viewer))
    assert "'user_id'" not in str(others)
    accepted_view(views.under_way_view(t, this, subject, viewer))


@LANGUAGES
@extremes(rounds=st.lists(st.tuples(ROUNDS, words(500)), min_size=1, max_size=4))
def test_what_waits_is_a_line_each(t: Translator, rounds: list[tuple[Round, str]]) -> None:
    rounds = [(replace(this, id=n), subject) for n, (this, subject) in enumerate(rounds, 1)]
    blocks = [*asked_lines(t, rounds), *led_lines(t, rounds)]
    answers_too = [
        this
        for this, _ in rounds
        if this.state is State.OPEN
        and not this.caller_left
        and this.standings.get(this.called_by) is Standing.WAITING
    ]
    assert len(blocks) == 2 * len(rounds) + len(answers_too)
    accepted_message(t, Reply("Runder", blocks))
    week = [b for this, about in rounds for b in in_the_week(t, this, about, f"round.{this.id}")]
    accepted_message(t, Reply("Ugen", week))
