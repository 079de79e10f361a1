from datetime import date

from bot.evaluation import Decision
from bot.evaluation_form import to_both
from bot.evaluation_questions import shipped
from bot.evaluation_result import result
from bot.evaluation_summary import Between, Facts, facts, letter
from bot.questions import Bilingual
from bot.round_step import Step
from bot.translation import Translator
from bot.workspace import Language
from tests.bot.evaluations import FINE, NOW, held

DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)
TODAY, NEXT = NOW.date(), date(2027, 11, 20)
STEPS = (Step("I ringer til Nadia om lokaler", date(2026, 12, 14), ("U02",)),)
BETWEEN = Between("Anne", "Springbræt", "lektiecaféen", "Mette")
NOBODY = Between("", "Springbræt", "", "Mette")


def told(*ours: dict[str, str], theirs: dict[str, str] | None = None) -> Facts:
    return facts(result(held(*ours, theirs=theirs), ()), STEPS, NEXT)


def test_it_tells_where_the_two_differ_what_is_agreed_and_what_both_like() -> None:
    ours = FINE | {"difference": "5"}
    mail = letter(DANISH, told(ours, ours, theirs=ours | {"roles": "2"}), BETWEEN, TODAY)
    assert mail.startswith("Kære Anne\n\nTak for jeres svar på, hvordan det går med lektiecaféen.")
    assert "- Ved alle, hvem der gør hvad? I gav 2, vi gav 4." in mail
    assert "- Gør det en forskel for dem, det er lavet til?" in mail
    assert "Fremover:\n- I ringer til Nadia om lokaler, senest mandag den 14. december" in mail
    assert "Vi spørger igen omkring november 2027." in mail
    assert mail.endswith("Venlig hilsen\nMette")


def test_where_all_see_it_alike_it_says_so() -> None:
    mail = letter(ENGLISH, told(FINE, FINE, theirs=FINE), BETWEEN, TODAY)
    assert "We see it much alike." in mail


def test_who_has_not_answered_is_thanked_for_nothing_and_gets_no_figures() -> None:
    mail = letter(DANISH, told(FINE, FINE), NOBODY, TODAY)
    assert mail.startswith("Kære alle hos Springbræt\n\nVi har set på, hvordan det går med det, vi")
    assert "Det bedste" not in mail
    assert "4 eller 5" not in mail


def test_after_an_end_nobody_is_asked_again() -> None:
    ended = held(FINE, FINE, theirs=FINE, decision=Decision.END)
    mail = letter(DANISH, facts(result(ended, ()), (), NEXT), BETWEEN, TODAY)
    assert "Vi spørger igen" not in mail
    assert "Fremover" not in mail


def test_nothing_to_like_and_nothing_apart_is_left_out() -> None:
    so_so = dict.fromkeys(FINE, "3")
    mail = letter(DANISH, told(so_so, so_so, theirs=so_so), NOBODY, TODAY)
    assert "ens på det" not in mail
    assert "Det bedste" not in mail


def test_a_criterion_is_told_in_words_either_way() -> None:
    ours = {"goal": "met", "method": "not_yet", "rely": "5"}
    theirs = {"goal": "not_yet", "method": "met", "rely": "2"}
    both = held(ours, ours, theirs=theirs, instrument="partnership")
    mail = letter(DANISH, facts(result(both, ()), (), None), NOBODY, TODAY)
    assert "I siger ikke endnu, vi siger ja." in mail
    assert "I siger ja, vi siger ikke endnu." in mail
    assert "Kan vi regne med hinanden? Vi gav jer 5, I gav os 2." in mail


def test_a_question_about_the_other_is_put_to_both() -> None:
    five = {"doors": "5", "effort": "4", "gives": "2"}
    theirs = {"doors": "3", "effort": "5", "gives": "1"}
    both = held(five, five, five | {"doors": "4"}, theirs=theirs, instrument="partnership")
    mail = letter(DANISH, facts(result(both, ()), (), None), NOBODY, TODAY)
    assert "- Åbner vi døre for hinanden? Vi gav jer 4,7, I gav os 3." in mail
    assert "Vi gav jer 2, I gav os 1." in mail
    assert "- Er vi der for hinanden, når der skal lægges kræfter i?" in mail


def test_a_question_of_the_librarys_own_about_the_other_is_put_to_both_too() -> None:
    text = Bilingual(da="Lytter {other} til os?", en="Does {other} listen to us?")
    rely = (
        shipped()
        .get("partnership")
        .question("rely")
        .model_copy(update={"text": text, "both": None})
    )
    assert to_both(DANISH, rely) == "Lytter den anden til os?"


def test_what_both_find_hard_is_said_and_they_do_not_see_it_much_alike() -> None:
    ours = FINE | {"roles": "2"}
    mail = letter(DANISH, told(ours, ours, theirs=FINE | {"roles": "1"}), BETWEEN, TODAY)
    low = "Her er vi begge i den lave ende:\n- Ved alle, hvem der gør hvad? I gav 1, vi gav 2.\n"
    assert f"{low}Det vil vi gerne tale med jer om.\n\nDet bedste er" in mail
    assert "ens på det" not in mail


def test_what_both_find_hard_is_said_where_we_do_not_agree_among_ourselves() -> None:
    sheets = [FINE | {"roles": answer} for answer in ("1", "1", "4")]
    mail = letter(DANISH, told(*sheets, theirs=FINE | {"roles": "2"}), BETWEEN, TODAY)
    assert "- Ved alle, hvem der gør hvad? I gav 2, vi gav 2." in mail


def test_the_lowest_of_what_both_find_hard_is_said_first_and_is_never_cut_off() -> None:
    ours = dict.fromkeys(FINE, "2")
    worst = ours | {"worth": "1"}
    of = told(ours, ours, theirs=worst)
    assert [one.question.id for one in of.low] == ["worth", "easy", "roles"]


def test_a_criterion_that_nobody_finds_in_place_is_said() -> None:
    sheet = {"goal": "not_yet", "rely": "5"}
    both = held(sheet, sheet, theirs=sheet, instrument="partnership")
    mail = letter(DANISH, facts(result(both, ()), (), None), NOBODY, TODAY)
    assert "skrevet ned? Både I og vi siger ikke endnu." in mail


def test_all_answers_stand_a_line_each_with_both_sides() -> None:
    ours = {"easy": "4", "doors": "5", "goal": "met", "method": "not_yet"}
    more = ours | {"easy": "5", "goal": "not_yet"}
    theirs = {"easy": "unknown", "doors": "3", "goal": "not_yet", "method": "met"}
    both = held(ours, more, more, theirs=theirs, instrument="partnership")
    mail = letter(DANISH, facts(result(both, ()), (), None), NOBODY, TODAY)
    for line in (
        "- Er det let at arbejde sammen? I: ved ikke · Vi: 4,7",
        "- Åbner vi døre for hinanden? I om os: 3 · Vi om jer: 5",
        "ikke endnu · Vi: ikke endnu (2 af 3)",
        "I: ja · Vi: ikke endnu",
        "Vil vi det samme med det, vi laver sammen? I: ikke svaret · Vi: ikke svaret",
    ):
        assert line in mail
    assert "I siger" in mail


def test_where_the_partner_left_some_out_only_the_rest_is_seen_alike() -> None:
    mail = letter(DANISH, told(FINE, FINE, theirs={"easy": "4", "roles": "5"}), BETWEEN, TODAY)
    assert "Hvor vi begge har svaret, ser vi stort set ens på det." in mail
    both = mail.partition("både I og vi")[2].partition("Alle svarene")[0]
    assert "Ved alle, hvem der gør hvad?" in both
    assert "Kommer vi fremad" not in both
