from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot import evaluation_mail as mails
from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_mail import LAST_QUESTION, Asked, Mail
from bot.evaluation_paste import parse
from bot.evaluation_questions import Instrument, shipped
from bot.translation import Translator
from bot.workspace import Language

DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)
TODAY = date(2026, 11, 23)
DEADLINE = datetime(2026, 12, 4, 11, tzinfo=UTC)
COLLABORATION = shipped().get("collaboration")


def asked(instrument: Instrument = COLLABORATION, **more: object) -> Asked:
    about = Evaluation(
        1,
        Occasion.YEARLY,
        instrument,
        Level.COLLABORATION,
        TODAY,
        DEADLINE,
        subject="lektiecaféen",
    )
    made = Asked(about, DEADLINE, "Springbræt", "Anne Holm", "Mette", "biblioteket")
    return replace(made, **more)  # type: ignore[arg-type] # any of its fields


def only(number: int) -> Instrument:
    few = COLLABORATION.questions[:number]
    return COLLABORATION.model_copy(update={"questions": few})


@pytest.mark.parametrize(
    ("since", "time"),
    [
        (date(2026, 5, 1), "et halvt år"),
        (date(2025, 11, 1), "et år"),
        (date(2026, 8, 1), "tre måneder"),
        (date(2024, 9, 1), "26 måneder"),
    ],
)
def test_how_long_it_has_run(since: date, time: str) -> None:
    body = mails.with_link(DANISH, asked(since=since), "https://x", TODAY).body
    assert f"Vi har nu haft lektiecaféen sammen i {time}." in body


def test_what_has_just_begun_has_no_time() -> None:
    for since in (None, TODAY):
        body = mails.with_link(DANISH, asked(since=since), "https://x", TODAY).body
        assert "Vi laver lektiecaféen sammen. Hvordan oplever I det?" in body


def test_to_nobody_by_name_and_read_by_all_of_us() -> None:
    mail = mails.with_link(DANISH, asked(person="", sender=""), "https://x", TODAY)
    assert mail.body.startswith("Kære Springbræt\n")
    assert "Kun vi på biblioteket ser jeres svar." in mail.body
    assert mail.body.endswith("Venlig hilsen")


def test_one_question_takes_a_minute() -> None:
    mail = mails.with_link(DANISH, asked(only(1)), "https://x", TODAY)
    assert mail.subject == "Et minut om lektiecaféen?"
    assert "Vil du svare på ét kort spørgsmål? Det tager cirka et minut: https://x" in mail.body
    mail = mails.with_questions(ENGLISH, asked(only(1)), TODAY)
    assert "Will you answer one short question? It takes about a minute.\n" in mail.body
    assert "We would like your answers by Friday 4 December at 12:00." in mail.body


def test_only_criteria_are_answered_in_words() -> None:
    six = shipped().get("partnership").of("criteria")
    instrument = shipped().get("partnership").model_copy(update={"questions": six})
    body = mails.with_questions(DANISH, asked(instrument), TODAY).body
    assert "Svar med et af disse ud for hvert: ja, ikke endnu, ved ikke\n1. " in body


def test_the_hour_has_its_minutes_where_there_are_any() -> None:
    assert mails.day_and_hour(DANISH, DEADLINE) == ("fredag den 4. december", "12")
    assert mails.day_and_hour(DANISH, DEADLINE.replace(minute=30))[1] == "12:30"


def test_it_takes_as_long_as_colleagues_are_told() -> None:
    mail = mails.with_link(DANISH, asked(shipped().get("partnership")), "https://x", TODAY)
    assert "Det tager cirka tre minutter" in mail.body


def test_answers_are_open_until_all_have_answered() -> None:
    body = mails.with_link(ENGLISH, asked(), "https://x", TODAY).body
    until = "until Friday 4 December at 12:00, or until all have answered."
    assert f"You can change your answers {until}" in body


def test_the_open_question_is_answered_in_words_and_can_be_read_back() -> None:
    body = mails.with_questions(DANISH, asked(), TODAY).body
    assert "\nOg med ord:\n7. Hvad skal vi" in body
    sixth = "6. Er udbyttet tiden værd?"
    reading = parse(body.replace(sixth, f"{sixth} 5 fordi"), COLLABORATION, [DANISH(LAST_QUESTION)])
    assert reading.answers == {"worth": "5"}
    assert reading.notes["worth"] == "fordi"


def test_a_mail_program_gets_it_whole() -> None:
    assert Mail("A & b?", "Å\nb").to("a+b@x.dk") == (
        "mailto:a%2Bb@x.dk?subject=A%20%26%20b%3F&body=%C3%85%0D%0Ab"
    )


def test_numbers_are_words_up_to_twelve() -> None:
    said = [DANISH.count(number) for number in (0, 1, 2, 12, 13)]
    assert said == ["0", "1", "to", "tolv", "13"]


def test_without_a_subject_it_is_about_what_we_do_together() -> None:
    made = asked()
    whole = replace(made, evaluation=replace(made.evaluation, subject=""))
    mail = mails.with_link(DANISH, whole, "https://x", TODAY)
    assert mail.subject == "To minutter om vores samarbejde?"
    assert "Vi vil gerne høre, hvordan I oplever vores samarbejde." in mail.body


def test_where_figures_and_words_are_asked_for_it_says_from_which_number() -> None:
    body = mails.with_questions(DANISH, asked(shipped().get("partnership")), TODAY).body
    assert "ud for hvert, og fra nummer 10 med et af disse: ja, ikke endnu, ved ikke" in body
