from bot.evaluation import Decision
from bot.evaluation_lessons import YEAR, lessons
from bot.evaluation_step import Agreed
from tests.bot.evaluations import FINE, LOW, NOW, held

TODAY = NOW.date()
NAMES = {7: "Springbræt", 8: "Byens Museum"}


def step(user: str, evaluation_id: int, *, done: bool, text: str = "Ring") -> Agreed:
    at = NOW if done else None
    return Agreed(evaluation_id, user, text, TODAY, "U01", NOW, done_at=at)


def test_themes_are_counted_by_partner_with_the_newest_answers() -> None:
    mended = held(FINE, FINE, number=2, days_ago=3)
    before = held(LOW, LOW, number=1, days_ago=200)
    other = held(FINE, FINE, theirs=LOW, number=3, partner_id=8, days_ago=9)
    told = lessons([before, mended, other], (), NAMES, TODAY - YEAR)
    (theme,) = told.themes
    assert (theme.name.da, theme.low, theme.asked) == ("Resultater", 1, 2)
    assert [one.this.subject_id for one in told.followed] == [3, 1, 2]
    assert [len(one.low) for one in told.followed] == [1, 1, 0]


def test_what_was_decided_and_done_is_told() -> None:
    one = held(FINE, FINE, decision=Decision.ADJUST)
    two = held(FINE, FINE, number=2, partner_id=8)
    steps = [
        step("U02", 1, done=True),
        step("U03", 1, done=True),
        step("U02", 1, done=False, text="Skriv"),
        step("U02", 2, done=True),
    ]
    told = lessons([one, two], steps, NAMES, TODAY)
    assert told.decided == {"adjust": 1, "": 1}
    by_id = {each.this.subject_id: each for each in told.followed}
    assert (by_id[1].done, by_id[1].steps) == (1, 2)
    assert (by_id[2].done, by_id[2].steps) == (1, 1)
    assert told.themes == ()


def test_what_nobody_answered_is_told_and_teaches_no_theme() -> None:
    nobody, gone = held(), held(FINE, FINE, partner_id=99)
    told = lessons([nobody, gone], (), NAMES, TODAY)
    assert [one.partner_id for one in told.followed] == [7]
    assert (told.themes, told.followed[0].low) == ((), ())


def test_a_criterion_not_in_place_is_no_low_mean() -> None:
    answers = dict.fromkeys(("goal", "method"), "not_yet")
    told = lessons([held(answers, answers, instrument="partnership")], (), NAMES, TODAY)
    assert told.themes == ()
