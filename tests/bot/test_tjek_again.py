from dataclasses import replace

from bot.questions import load
from bot.tjek import Answer, Check, Sheet
from bot.tjek_again import Again, Apart, Changed, View, again, view_of_all, view_of_one
from tests.bot.test_tjek_round import CHECK, laid_out

QUESTIONS = load("tjek")


def test_what_changed_is_told_in_the_order_asked() -> None:
    now: dict[str, View] = {"money": Answer.YES, "hours": Answer.NO, "goals": Answer.YES}
    before: dict[str, View] = {"money": Answer.UNKNOWN, "hours": Apart.APART, "goals": Answer.YES}
    found = again(CHECK, now, CHECK, before)
    hours, money = QUESTIONS.question("hours"), QUESTIONS.question("money")
    assert found == Again(
        CHECK,
        (
            Changed(hours, Apart.APART, Answer.NO),
            Changed(money, Answer.UNKNOWN, Answer.YES),
        ),
        same=1,
    )


def test_only_what_was_answered_both_times_is_compared() -> None:
    assert again(CHECK, {"money": Answer.YES}, CHECK, {"hours": Answer.YES}) is None


def test_a_question_in_other_words_is_another() -> None:
    wording = QUESTIONS.model_dump(mode="json")
    wording["pages"][0]["questions"][0]["text"] = {"da": "Er det et mål?", "en": "Is it a goal?"}
    former = replace(CHECK, wording=wording)
    assert again(CHECK, {"goals": Answer.YES}, former, {"goals": Answer.NO}) is None


def test_one_persons_view_is_what_she_answered() -> None:
    check = Check(
        "U01", CHECK.started_at, sheets={"U01": Sheet({"goals": Answer.NO}), "U02": Sheet()}
    )
    assert view_of_one(check) == {"goals": Answer.NO}
    assert view_of_one(CHECK) == {}


def test_the_view_of_all_is_an_answer_where_they_agree() -> None:
    same = {"breadth": "no", "profile": "partly", "money": "unknown"}
    seen = view_of_all(laid_out(same | {"hours": "no"}, same))
    assert seen["hours"] is Apart.APART
    assert seen["breadth"] is Answer.NO
    assert seen["profile"] is Answer.PARTLY
    assert seen["money"] is Answer.UNKNOWN
    assert seen["goals"] is Answer.YES
    assert len(seen) == len(QUESTIONS.questions)


def test_where_one_has_answered_alone_the_view_is_hers_and_where_only_some_have_it_is_nobodys() -> (
    None
):
    assert view_of_all(laid_out({"breadth": "no"}))["breadth"] is Answer.NO
    seen = view_of_all(laid_out({"money": ""}, {}))
    assert "money" not in seen
    assert seen["goals"] is Answer.YES
