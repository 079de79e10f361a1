from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.circle import (
    LEARNED_LENGTH,
    REASON_LENGTH,
    TOLD_LENGTH,
    WHYS_DOWN,
    Level,
    Move,
    Reply,
    Why,
    triggers,
)
from bot.circle_activity import WHAT_LENGTH, Activity
from bot.circle_course import Asked, Course
from bot.circle_gate import NOTE_LENGTH, Answer, Criterion, Gate, Standing
from bot.circle_question import Kind, Question
from bot.circle_trial import AGREED_WITH_LENGTH, Outcome, Trial
from bot.partner import Partner, RelationType
from bot.translation import Translator
from handlers.views import (
    circle,
    circle_activity,
    circle_ask,
    circle_end,
    circle_gate,
    circle_judge,
    circle_moved,
    circle_pick,
    circle_question,
    circle_runs,
    circle_story,
    circle_trial,
)
from handlers.views.circle import About, Whom
from handlers.views.circle_ask import Way
from handlers.views.circle_moved import Taken
from handlers.views.parts import Reply as Message
from tests.handlers.views.extreme import (
    DANISH,
    DAYS,
    LANGUAGES,
    MOMENTS,
    PARTNERS,
    USERS,
    Json,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    objects,
    texts,
    words,
)

TODAY = date(2026, 11, 24)
WHOM = Whom(("U02", "U03"), "U02")
MOMENT = datetime(2026, 6, 2, 9, tzinfo=UTC)
PARTNER = Partner("Springbræt", id=1, version=1)
IDS = st.integers(1, 10**9)
DAY = st.dates(date(1900, 1, 1), date(2099, 12, 31))

WAYS = [(one, other) for one in Level for other in Level if triggers(one, other)]
MOVES = st.builds(
    lambda way, **more: Move(from_level=way[0], to_level=way[1], **more),
    way=st.sampled_from([way for way in WAYS if way[0] is not way[1]]),
    partner_id=IDS,
    why=st.sampled_from(Why),
    by=USERS,
    at=MOMENTS,
    reason=maybe(REASON_LENGTH),
    learned=maybe(LEARNED_LENGTH),
    told=maybe(TOLD_LENGTH),
    id=IDS,
)
ACTIVITIES = st.builds(
    Activity,
    partner_id=IDS,
    what=words(WHAT_LENGTH),
    noted_by=USERS,
    noted_at=MOMENTS,
    ends_on=DAYS,
    id=IDS,
    version=IDS,
)
TRIALS = st.builds(
    Trial,
    partner_id=IDS,
    begun_on=DAY,
    decide_on=DAY,
    noted_by=USERS,
    noted_at=MOMENTS,
    agreed_with=maybe(AGREED_WITH_LENGTH),
    outcome=st.one_of(st.none(), st.sampled_from(Outcome)),
    settled_by=USERS,
    settled_at=MOMENTS,
    id=IDS,
    version=IDS,
)
GATES = st.builds(
    Gate,
    partner_id=IDS,
    by=USERS,
    at=MOMENTS,
    answers=st.fixed_dictionaries(
        {one: st.builds(Answer, st.sampled_from(Standing), maybe(NOTE_LENGTH)) for one in Criterion}
    ),
    id=IDS,
)
COURSES = st.builds(
    Course,
    moves=st.one_of(st.lists(MOVES, max_size=4), MOVES.map(lambda move: [move] * 90)),
    running=st.one_of(
        st.lists(ACTIVITIES, max_size=3, unique_by=lambda one: one.id),
        ACTIVITIES.map(lambda one: [replace(one, id=n) for n in range(1, 40)]),
    ),
    trials=st.lists(TRIALS, max_size=3),
    gate=st.one_of(st.none(), GATES),
    hello_on=st.one_of(st.none(), DAY),
)
ASKED = st.builds(
    Asked,
    question=st.builds(Question, st.sampled_from(Kind), IDS, IDS, DAY, id=IDS),
    partner=PARTNERS,
    activity=st.one_of(st.none(), ACTIVITIES),
    others=st.lists(ACTIVITIES, max_size=3),
    trial=st.one_of(st.none(), TRIALS),
    contacts=st.integers(0, 10**4),
    gate=st.one_of(st.none(), GATES),
)
ABOUTS = st.builds(About, IDS, st.sampled_from(Level), IDS, IDS, IDS)


def ids(shown: Json) -> list[str]:
    return [one["action_id"] for one in objects(shown) if "action_id" in one]


@LANGUAGES
@extremes(partner=PARTNERS, course=COURSES)
def test_the_story_fits_whatever_has_happened(
    t: Translator, partner: Partner, course: Course
) -> None:
    shown = accepted_view(circle_story.story_view(t, partner, course, TODAY))
    assert len(ids(shown)) == len(set(ids(shown)))
    here = circle.about(partner)
    accepted_view(circle_runs.runs_view(t, partner, here, course, course.running, TODAY))
    lines = circle.lines(t, partner, course, TODAY)
    if lines:
        accepted_message(t, Message("Cirklen", lines))
    if partner.relation_type is not RelationType.PARTNER:
        assert len(lines) == 1
        assert not circle.buttons(t, partner, course)


@LANGUAGES
@extremes(partner=PARTNERS, here=ABOUTS, course=COURSES)
def test_every_question_of_the_dialogue_is_accepted(
    t: Translator, partner: Partner, here: About, course: Course
) -> None:
    for level in Level:
        at = replace(partner, level=level)
        shown = accepted_view(circle_ask.ask_view(t, at, course, TODAY, here))
        assert About.read(shown["private_metadata"]) == here
        assert len(ids(shown)) == len(set(ids(shown)))
    at = replace(partner, level=Level.COLLABORATION)
    accepted_view(circle_ask.ask_view(t, at, course, TODAY, here, outwards=True))
    accepted_view(circle_ask.talk_view(t, partner, here, WHOM))
    accepted_view(circle_ask.stay_view(t, partner, here))
    accepted_view(circle_judge.judge_view(t, partner, here))
    accepted_view(circle_end.end_view(t, partner, here))
    for kind in set(RelationType) - {RelationType.PARTNER}:
        accepted_view(circle_pick.outside_view(t, replace(partner, relation_type=kind)))


@LANGUAGES
@extremes(partner=PARTNERS, here=ABOUTS, reason=maybe(4000), typed=words(4000))
def test_where_it_leads_comes_back_as_it_was_shown(
    t: Translator, partner: Partner, here: About, reason: str, typed: str
) -> None:
    ways = [(Level.PARTNERSHIP, Why.FRAME)]
    ways += [(level, why) for level in (Level.NETWORK, Level.COLLABORATION) for why in WHYS_DOWN]
    for to_level, why in ways:
        way = Way(here, to_level, why)
        shown = accepted_view(circle_ask.accept_view(t, partner, way))
        assert Way.read(shown["private_metadata"]) == way
    shown = accepted_view(circle_judge.leap_view(t, partner, here, reason))
    assert circle_ask.read_reason(filled(shown)) == reason[:3000]
    accepted_view(circle_pick.pick_view(t, typed))
    accepted_view(circle_pick.pick_view(t, ""))


@LANGUAGES
@extremes(partner=PARTNERS, move=MOVES, signed=maybe(280), said=maybe(200))
def test_every_step_is_told(
    t: Translator, partner: Partner, move: Move, signed: str, said: str
) -> None:
    taken = Taken(partner, move)
    shown = accepted_view(circle_moved.moved_view(t, taken, WHOM, said))
    over = replace(taken, over=(said,) * 9)
    accepted_view(circle_moved.moved_view(t, over, Whom((), "U02"), said))
    accepted_view(circle_moved.moved_view(t, replace(taken, told=True), WHOM, said))
    assert shown["private_metadata"] == str(move.id)
    accepted_message(t, circle_moved.told(t, partner, move))
    for level in Level:
        ended = replace(move, from_level=level, to_level=Level.NETWORK, why=Why.ENDED)
        accepted_view(circle_moved.ended_view(t, replace(taken, move=ended), WHOM, signed, said))
        accepted_message(t, circle_moved.told(t, partner, ended))


@LANGUAGES
@extremes(partner=PARTNERS, here=ABOUTS, activity=ACTIVITIES, trial=TRIALS)
def test_activities_and_trials_come_back_as_they_stood(
    t: Translator, partner: Partner, here: About, activity: Activity, trial: Trial
) -> None:
    for level in Level:
        at = replace(here, level=level)
        shown = accepted_view(circle_activity.begin_view(t, partner, at, activity.what))
        assert About.read(shown["private_metadata"]) == at
    shown = accepted_view(circle_activity.correct_view(t, activity, here))
    assert circle_activity.read_activity(filled(shown), activity) == activity
    shown = accepted_view(circle_trial.begin_view(t, partner, here, trial.decide_on))
    assert circle_trial.read_day(filled(shown)) == trial.decide_on
    assert circle_trial.read_agreed(filled(shown)) == ""
    accepted_view(circle_trial.postpone_view(t, trial, here, trial.decide_on, TODAY))
    for wished in (trial.decide_on, TODAY):
        accepted_view(circle_trial.begun_view(t, (partner, trial), wished, TODAY, WHOM))


@LANGUAGES
@extremes(partner=PARTNERS, here=ABOUTS, gate=GATES)
def test_the_six_come_back_as_they_were_answered(
    t: Translator, partner: Partner, here: About, gate: Gate
) -> None:
    shown = accepted_view(circle_gate.gate_view(t, partner, here, gate))
    answers = circle_gate.read_answers(filled(shown))
    assert answers == {one: answer.standing for one, answer in gate.answers.items()}
    shown = accepted_view(circle_gate.notes_view(t, gate, here, TODAY))
    assert circle_gate.read_notes(filled(shown)) == {
        one: answer.note for one, answer in gate.answers.items()
    }
    first = accepted_view(circle_gate.gate_view(t, partner, here, None))
    assert set(circle_gate.read_answers(filled(first)).values()) == {Standing.UNKNOWN}


@LANGUAGES
@extremes(asked=ASKED)
def test_whatever_is_asked_has_its_ways_on(t: Translator, asked: Asked) -> None:
    for kind in Kind:
        one = replace(asked, question=replace(asked.question, kind=kind))
        shown = accepted_view(circle_question.question_view(t, one, TODAY))
        answers = [o["value"] for o in objects(shown) if o.get("type") == "button"]
        assert len(answers) >= 2
        for value in answers[:-1]:
            here = About.read(value)
            assert here.question_id == asked.question.id
            assert here.level is asked.partner.level


def test_no_level_stands_in_a_sentence_as_a_loose_word() -> None:
    move = Move(1, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U02", MOMENT)
    shown = texts(accepted_view(circle_story.story_view(DANISH, PARTNER, Course([move]), TODAY)))
    assert "fra netværk til samarbejde" in shown
    assert "network" not in shown


def test_the_dialogues_replies_are_read() -> None:
    shown = accepted_view(circle_ask.ask_view(DANISH, PARTNER, Course(), TODAY))
    state = filled(shown)
    state["activity"]["activity"]["selected_option"] = {"value": "maybe"}
    assert circle_ask.read_reply(state, "activity") is Reply.MAYBE
    assert circle_ask.read_why(state) is None


def test_what_stands_on_the_card_is_short() -> None:
    moves = [
        Move(1, Level.NETWORK, Level.COLLABORATION, Why.JUDGED, "U02", MOMENT, reason=f"grund {n}")
        for n in range(9)
    ]
    shown = texts(
        {"blocks": [b._resolve() for b in circle.lines(DANISH, PARTNER, Course(moves), TODAY)]}
    )
    assert "grund 8" in shown
    assert "grund 5" not in shown


def told(trial: Trial, *moves: Move) -> str:
    course = Course(moves, trials=[trial])
    return texts(accepted_view(circle_story.story_view(DANISH, PARTNER, course, TODAY)))


def test_a_trial_stands_on_the_line_through_time() -> None:
    trial = Trial(1, MOMENT.date(), date(2027, 1, 11), "U02", MOMENT, agreed_with="Anne")
    begun = "Den 2. juni: på prøve til mandag den 11. januar 2027, "
    assert begun in told(trial)
    assert "aftalt med Anne" in told(trial)
    settled = replace(trial, outcome=Outcome.COLLABORATION, settled_by="U03", settled_at=MOMENT)
    shown = told(settled)
    assert begun in shown
    assert "prøven sluttede, og det blev ved samarbejdet" in shown


def test_a_step_that_decides_a_trial_says_so_once() -> None:
    later = datetime(2026, 9, 1, 9, tzinfo=UTC)
    trial = Trial(1, MOMENT.date(), date(2026, 9, 8), "U02", MOMENT)
    out = Move(1, Level.COLLABORATION, Level.NETWORK, Why.ACTIVITY_OVER, "U02", later)
    settled = replace(trial, outcome=Outcome.NETWORK, settled_by="U02", settled_at=later)
    assert "aktiviteten var slut. Dermed sluttede prøven." in told(settled, out)
    held = replace(out, to_level=Level.PARTNERSHIP, why=Why.TRIAL)
    settled = replace(settled, outcome=Outcome.PARTNERSHIP)
    shown = told(settled, held)
    assert "det blev prøvet, og det holder." in shown
    assert "Dermed" not in shown


def test_no_reason_is_put_into_a_colleagues_mouth() -> None:
    end = Move(1, Level.PARTNERSHIP, Level.NETWORK, Why.ENDED, "U02", MOMENT)
    course = Course([end])
    assert "det var tid at slutte" not in texts(
        accepted_view(circle_story.story_view(DANISH, PARTNER, course, TODAY))
    )
    said = circle_moved.told(DANISH, PARTNER, replace(end, reason="huset er solgt"))
    shown = texts({"blocks": [b._resolve() for b in said.blocks]})
    assert "har sluttet pænt af med " in shown
    assert ": huset er solgt." in shown


def test_every_date_of_another_year_has_its_year() -> None:
    far = date(2028, 2, 1)
    course = Course(
        running=[Activity(1, "festen", "U02", MOMENT, ends_on=far, id=1)],
        trials=[Trial(1, MOMENT.date(), far, "U02", MOMENT, id=2)],
        gate=Gate(1, "U02", datetime(2025, 3, 4, 9, tzinfo=UTC)),
        hello_on=far,
    )
    partner = replace(PARTNER, level=Level.COLLABORATION)
    shown = texts({"blocks": [b._resolve() for b in circle.lines(DANISH, partner, course, TODAY)]})
    assert shown.count("tirsdag den 1. februar 2028") == 4
    assert "(4. mar. 2025)" in shown


def test_an_activity_that_has_ended_says_so() -> None:
    play = Activity(1, "forestillingen", "U02", MOMENT, ends_on=date(2026, 10, 23))
    block = circle.activity_line(DANISH, play, TODAY, "activity")
    assert "forestillingen (sluttede den 23. oktober)" in texts({"blocks": [block._resolve()]})


def test_no_contact_since_a_trial_began_is_no_figure() -> None:
    trial = Trial(1, MOMENT.date(), TODAY, "U02", MOMENT)
    asked = Asked(Question(Kind.TRIAL, 1, 1, TODAY), PARTNER, trial=trial)
    shown = texts(accepted_view(circle_question.question_view(DANISH, asked, TODAY)))
    assert "Prøven begyndte den 2. juni; ingen kontakt siden da." in shown
