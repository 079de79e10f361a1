from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.circle import Level
from bot.errors import UserError
from bot.partner import ContactPerson, Kind, Partner, RelationType
from bot.privacy import Standing
from bot.questions import QuestionsError, load, parse_as, text_of
from bot.tjek import Check, Decision
from bot.tjek_letter import (
    LONGEST,
    Reasons,
    Wishes,
    asked_again,
    check_is_no,
    checked,
    checked_day,
    default_again,
    reasons,
    suggested,
    to_write_to,
)
from bot.tjek_letter_text import Sender, idea_of, month, noted_about, written
from bot.tjek_questions import Change, Put, as_put, question_set
from bot.translation import Translator
from bot.workspace import Language

TODAY = date(2026, 11, 24)
DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)
TJEK = load("tjek")
CHECK = Check(
    "U02",
    datetime(2026, 11, 24, 8, tzinfo=UTC),
    partner_id=1,
    partner_name="Pixelværket",
    idea="fast VR-rum",
    decision=Decision.KINDLY_NO,
)
PIXEL = Partner("Pixelværket", id=1)
JONAS = ContactPerson("Jonas Holm", id=4)
ALI = Sender("Ali", "Byens Bibliotek")
HOURS = Wishes(("hours",))


def body(wishes: Wishes = HOURS, partner: Partner | None = PIXEL) -> str:
    return written(DANISH, wishes, CHECK, partner, JONAS, ALI).body


# The reasons.


def test_every_question_that_is_shipped_has_its_reason() -> None:
    named = [name for reason in reasons().values() for name in reason.questions]
    assert sorted(named) == sorted(question.id for question in TJEK.questions)


def test_every_reason_but_the_last_says_what_could_change_the_answer() -> None:
    *others, last = reasons().values()
    assert all(reason.change for reason in others)
    assert last.change is None


def test_a_reason_is_a_sentence_and_a_change_goes_on_from_one() -> None:
    for reason in reasons().values():
        for language in Language:
            assert reason.reason.in_(language).endswith(".")
            assert "{" not in reason.reason.in_(language), "nothing is left for the writer to fill"
        if reason.change:
            assert reason.change.da.split()[0] in {"hvis", "når"}
            assert reason.change.en.split()[0] in {"if", "when"}
            assert not reason.change.da.endswith(".")


def test_nothing_is_suggested_where_nobody_said_no() -> None:
    assert suggested(TJEK, []) == ()
    assert suggested(TJEK, [{"goals": "yes", "hours": "unknown"}]) == ()


def test_hard_stops_come_first_then_what_most_said_no_to() -> None:
    sheets = [
        {"breadth": "no", "trace": "no", "money": "no"},
        {"trace": "no", "goals": "yes"},
    ]
    assert suggested(TJEK, sheets) == ("money", "trace", "breadth")


def test_what_no_reason_is_made_for_suggests_the_general_one_once() -> None:
    own = Put("own_7", "fit", "Er det rart?", "Derfor.", "Glæde")
    ours = question_set(as_put([Change(own, "U01", CHECK.started_at)]))
    noes = {"own_7": "no", "door": "no", "skills": "no", "gone": "no"}
    assert suggested(ours, [noes]) == ("others",)


# Whom, when, what.


@pytest.mark.parametrize("decision", [None, Decision.GO_ON, Decision.GO_ON_IF, Decision.FIND_OUT])
def test_only_a_kind_no_has_a_letter(decision: Decision | None) -> None:
    check_is_no(CHECK)
    with pytest.raises(UserError, match="no letter to write"):
        check_is_no(replace(CHECK, decision=decision))


def test_who_wishes_no_contact_or_has_no_name_is_left_out() -> None:
    anne, nobody = ContactPerson("Anne", id=5), ContactPerson(" ", email="info@p.example", id=6)
    partner = replace(PIXEL, people=(JONAS, anne, nobody))
    assert to_write_to(partner, {5: Standing(no_contact=True), 4: Standing()}) == (JONAS,)


@pytest.mark.parametrize(
    ("today", "again"),
    [
        (date(2026, 11, 24), date(2027, 9, 1)),
        (date(2026, 12, 1), date(2027, 9, 1)),
        (date(2026, 12, 2), date(2027, 10, 1)),
        (date(2026, 3, 1), date(2026, 12, 1)),
        (date(2026, 3, 31), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2028, 12, 1)),
    ],
)
def test_one_asks_again_on_the_first_of_a_month_nine_months_ahead(today: date, again: date) -> None:
    assert default_again(today) == again
    assert checked(replace(HOURS, again=again), today).again == again


def test_a_day_is_only_promised_to_who_has_a_place_in_the_circle() -> None:
    assert asked_again(PIXEL)
    assert not asked_again(None)
    assert not asked_again(replace(PIXEL, relation_type=RelationType.FUND))


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes(()), "reasons"),
        (Wishes(("hours", "money", "goals")), "reasons"),
        (replace(HOURS, again=TODAY), "again"),
        (replace(HOURS, again=TODAY + LONGEST * 2), "again"),
        (replace(HOURS, liked="x" * 201), "liked"),
        (replace(HOURS, change="ring til 010190-1234"), "change"),
    ],
)
def test_what_no_letter_can_be_made_of_is_said_at_its_field(wishes: Wishes, field: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(wishes, TODAY)
    assert refused.value.field == field


def test_after_the_letter_a_day_is_chosen_or_refused() -> None:
    assert checked_day(date(2027, 9, 1), TODAY) == date(2027, 9, 1)
    for day in (None, TODAY, TODAY + LONGEST * 2):
        with pytest.raises(UserError) as refused:
            checked_day(day, TODAY)
        assert refused.value.field == "again"


def test_lines_are_cleaned() -> None:
    assert checked(replace(HOURS, liked=" at  det\nvar sjovt "), TODAY).liked == "at det var sjovt"


def test_the_contact_is_noted_with_the_idea() -> None:
    assert noted_about(DANISH, CHECK) == "pænt nej: fast VR-rum"
    assert noted_about(DANISH, replace(CHECK, idea="")) == "pænt nej"
    assert noted_about(ENGLISH, CHECK) == "a friendly no: fast VR-rum"


# The letter.


def test_the_whole_letter_in_danish() -> None:
    wishes = Wishes(
        ("hours", "breadth"),
        liked="at de unge selv skulle lave indholdet",
        again=date(2027, 9, 1),
    )
    letter = written(DANISH, wishes, CHECK, PIXEL, JONAS, ALI)
    assert letter.subject == "Jeres idé: fast VR-rum"
    assert letter.body == (
        "Kære Jonas\n\n"
        "Tak, fordi I tænkte på biblioteket.\n\n"
        "Vi siger nej tak til jeres idé ”fast VR-rum”."
        " Vi vil hellere sige det klart nu end lade jer vente.\n\n"
        "Det er der to grunde til:\n"
        "• Vi har ikke de timer, det kræver, hvis det skal blive godt.\n"
        "• Vi har allerede flere samarbejder på området og vil passe dem først.\n\n"
        "Vi kunne godt lide, at de unge selv skulle lave indholdet."
        " Svaret kunne blive et andet, hvis det var kortere, eller I kunne stå for noget af det."
        " Det samme gælder, når et af vores andre samarbejder slutter.\n\n"
        "Vi vil gerne beholde jer i vores netværk. I september 2027 ser vi på idéen igen."
        " Det er ikke et løfte om et ja, kun om, at vi tager det op.\n\n"
        "Vil I hellere være fri for at høre fra os, så skriv det bare.\n\n"
        "Held og lykke med det.\n\n"
        "Venlig hilsen\nAli, Byens Bibliotek"
    )


def test_the_whole_letter_in_english() -> None:
    wishes = Wishes(("money",), liked="that the young make it", again=date(2027, 9, 1))
    letter = written(ENGLISH, wishes, CHECK, PIXEL, JONAS, Sender("Ali", ""))
    assert letter.subject == "Your idea: fast VR-rum"
    assert letter.body == (
        "Dear Jonas,\n\n"
        "Thank you for thinking of the library.\n\n"
        "We have decided to say no to your idea, “fast VR-rum”."
        " We would rather say so clearly now than keep you waiting.\n\n"
        "We cannot find the money for it this year.\n\n"
        "We liked that the young make it."
        " Our answer could change if we could apply for funds together.\n\n"
        "We would like to keep you in our network. In September 2027 we will look at the idea"
        " again. That is not a promise of a yes, only that we will come back to it.\n\n"
        "If you would rather not hear from us, just say so.\n\n"
        "We wish you good luck with it.\n\n"
        "Kind regards\nAli"
    )


def test_without_a_day_nothing_is_promised() -> None:
    assert "igen" not in body()
    assert "løfte" not in body()
    assert "beholde jer i vores netværk" in body()


@pytest.mark.parametrize("level", [Level.COLLABORATION, Level.PARTNERSHIP])
def test_who_does_something_with_us_already_is_not_told_to_stay_in_the_network(
    level: Level,
) -> None:
    letter = body(partner=replace(PIXEL, level=level))
    assert "Det ændrer ikke ved det, vi laver sammen i forvejen." in letter
    assert "netværk" not in letter


def test_a_sponsor_and_a_stranger_are_promised_nothing() -> None:
    for partner in (None, replace(PIXEL, relation_type=RelationType.SPONSOR)):
        letter = body(replace(HOURS, again=date(2027, 9, 1)), partner)
        assert "netværk" not in letter
        assert "2027" not in letter
    assert "høre fra os" not in body(partner=None)


def test_what_was_liked_is_gone_on_with_in_its_own_grammar() -> None:
    liked = {
        "idéen om de unge.": "Vi kunne godt lide idéen om de unge.",
        "at det var sjovt": "Vi kunne godt lide, at det var sjovt.",
        "Hvordan I gjorde det": "Vi kunne godt lide, Hvordan I gjorde det.",
        "vi kunne godt lide legen": "Vi kunne godt lide legen.",
    }
    for typed, sentence in liked.items():
        assert f"\n\n{sentence} Svaret" in body(replace(HOURS, liked=typed))
    assert "godt lide" not in body(replace(HOURS, liked=" . "))


def test_what_the_writer_says_could_change_the_answer_takes_the_place_of_the_prepared() -> None:
    changes = {
        "Hvis I kom i foråret.": "Svaret kunne blive et andet, hvis I kom i foråret.",
        "Når huset er færdigt": "Svaret kunne blive et andet, når huset er færdigt.",
        "en ny bus": "Svaret kunne blive et andet: en ny bus.",
    }
    for typed, sentence in changes.items():
        letter = body(replace(HOURS, change=typed))
        assert sentence in letter
        assert "kortere" not in letter
    assert "Svaret" not in body(Wishes(("others",)))


@pytest.mark.parametrize("sign", ["-", "…", "'", "\u2800"])
def test_a_line_of_signs_alone_is_no_trouble(sign: str) -> None:
    assert body(replace(HOURS, liked=sign, change=sign))


def test_how_they_are_greeted() -> None:
    def greeting(partner: Partner | None, person: ContactPerson | None) -> str:
        return written(DANISH, HOURS, CHECK, partner, person, ALI).body.split("\n")[0]

    assert greeting(PIXEL, JONAS) == "Kære Jonas"
    assert greeting(PIXEL, None) == "Kære alle hos Pixelværket"
    assert greeting(Partner("Bo Lind", kind=Kind.INDIVIDUAL), None) == "Kære Bo Lind"
    assert greeting(None, None) == "Hej"


def test_an_idea_without_words_is_an_enquiry() -> None:
    letter = written(DANISH, HOURS, replace(CHECK, idea=""), PIXEL, JONAS, ALI)
    assert letter.subject == "Svar på jeres henvendelse"
    assert "Vi siger nej tak denne gang. Vi vil" in letter.body


@pytest.mark.parametrize(
    ("partner_name", "typed", "idea"),
    [
        ("Pixelværket", "fast VR-rum", "fast VR-rum"),
        ("Pixelværket", "pixelværket", ""),
        ("Pixelværket", "", ""),
        ("", "Foreningen Nattergalen", ""),
        ("", "Foreningen Nattergalen: aftensang ", "aftensang"),
        ("", "Nattergalen:", ""),
    ],
)
def test_a_name_typed_in_place_of_an_idea_is_not_called_their_idea(
    partner_name: str, typed: str, idea: str
) -> None:
    check = replace(CHECK, partner_name=partner_name, idea=typed)
    assert idea_of(check) == idea
    letter = written(DANISH, HOURS, check, None, None, ALI)
    assert "jeres idé" in letter.body if idea else "jeres idé" not in letter.body
    assert (letter.subject == f"Jeres idé: {idea}") is bool(idea)
    assert "Nattergalen" not in letter.body


def test_without_an_idea_to_name_one_looks_at_it_again() -> None:
    wishes = replace(HOURS, again=date(2027, 9, 1))
    letter = written(DANISH, wishes, replace(CHECK, idea=""), PIXEL, JONAS, ALI)
    assert "I september 2027 ser vi på det igen." in letter.body
    assert "idé" not in letter.body


def test_months_have_their_year() -> None:
    assert month(DANISH, date(2027, 9, 1)) == "september 2027"
    assert month(ENGLISH, date(2028, 1, 1)) == "January 2028"


def test_a_reason_too_long_for_the_menu_is_a_bad_file() -> None:
    text = text_of("tjek_letter").replace("Det når mest dem", "Det når mest dem " + "x" * 60)
    with pytest.raises(QuestionsError, match=r"letter\.yaml, line \d+: reasons\.6\.reason\.da"):
        parse_as(Reasons, text, "letter.yaml")
