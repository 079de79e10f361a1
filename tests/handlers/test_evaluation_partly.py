"""A partner who has answered some of the questions: the rest is neither praise nor blame."""

from dataclasses import replace

from bot.evaluation_questions import shipped
from bot.evaluation_result import result
from bot.evaluation_summary import Between, facts, letter
from bot.partner import ContactPerson
from bot.questions import Bilingual
from bot.round_voice import THE_PARTNER
from bot.translation import Translator
from bot.workspace import Language
from handlers.views.evaluation_copy import mail_view
from tests.bot.evaluations import NOW, held
from tests.handlers.evaluation_shown import decide as press
from tests.handlers.evaluation_shown import shown as shown_in_thread
from tests.handlers.evaluations_shown import Answers, Told, partner, shown
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.test_evaluation_reveal import told
from tests.handlers.tjek_rounds import ALI, METTE, ready

PEOPLE = (ContactPerson("Anne Holm", email="anne@springbraet.example"),)
OURS = Answers([5, 4, 3, 5, 4, 2])


async def partly(library: Library, theirs: Answers, **more: object) -> list[Json]:
    """What the thread says of two of us and of what the partner has answered."""
    await ready(library)
    sheets = {METTE: OURS, ALI: OURS, THE_PARTNER: theirs}
    await shown(library, await partner(library, "Beboerhuset"), Told(sheets, **more))  # type: ignore[arg-type] # as its fields are
    return await told(library)


async def test_what_the_partner_left_out_is_not_said_of_all(library: Library) -> None:
    words = said((await partly(library, Answers((), {}, {"easy": "5", "forward": "3"})))[0])
    assert "Det går godt: Er det let at arbejde sammen? Alle siger 4 eller 5" in words
    ours = "Gør det en forskel for dem, det er lavet til? Vi siger alle 4 eller 5"
    assert f"{ours} (Beboerhuset har ikke svaret)" in words
    assert "Er udbyttet tiden værd? Vi siger 2 (Beboerhuset har ikke svaret)." in words


async def test_one_who_does_not_know_has_answered(library: Library) -> None:
    words = said((await partly(library, Answers([5, 4, 3, 5, 4, 0])))[0])
    assert "Er udbyttet tiden værd? Vi siger 2 (Beboerhuset ved det ikke)." in words


async def test_who_is_silent_altogether_is_told_of_once(library: Library) -> None:
    await ready(library)
    sheets = {METTE: OURS, ALI: OURS, THE_PARTNER: None}
    await shown(library, await partner(library), Told(sheets))
    words = said((await told(library))[0])
    assert words.count("Springbræt") == 3  # heading, that there is none, and below the answers
    assert "Vi siger alle 4 eller 5" in words
    assert "Alle siger 4 eller 5" not in words


async def test_a_mean_of_some_of_the_questions_says_so(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    whole = Answers([5, 4, 3, 5, 4, 4])
    before = {METTE: whole, ALI: whole, THE_PARTNER: whole}
    await shown(library, number, Told(before, days_ago=190))
    one = Answers((), {}, {"easy": "2"})
    await shown(library, number, Told({METTE: whole, ALI: whole, THE_PARTNER: one}))
    first, chart = await told(library)
    assert "Samarbejde: vi 4,5 (før 4,5) · Springbræt 2,0 på 1 af 2 spørgsmål (før 4,5)" in said(
        first
    )
    falls = "Samarbejde er faldet fra 4,5 til 2,0 på 1 af 2 spørgsmål hos Springbræt siden maj."
    assert falls in said(first)
    assert falls in chart["text"]
    assert "Ikke alle spørgsmål er besvaret: Samarbejde, Springbræt, nov. 2026 (1 af 2)." in said(
        chart
    )


async def test_criteria_count_of_those_that_were_answered(library: Library) -> None:
    given = {"goal": "met", "together": "not_yet", "method": "not_yet", "frame": "unknown"}
    few = await partly(library, Answers((), {}, given), instrument="partnership")
    assert "Beboerhuset 1 af 4 besvarede" in said(few[0])


async def test_one_answer_is_low_only_with_the_mark(library: Library) -> None:
    await ready(library)
    fine = Answers([5, 4, 4, 5, 4, 4])
    one = Answers((), {}, {"easy": "2"})
    sheets = {METTE: fine, ALI: fine, THE_PARTNER: one}
    await shown(library, await partner(library), Told(sheets))
    await library.write("erfaringer")
    words = said(await library.view())
    assert "Ingen temaer ligger lavt i de nyeste svar." in words
    assert "Lavt: Samarbejde (vi 4,5 · Springbræt 2,0 på 1 af 2 spørgsmål)." in words


async def test_the_letter_says_of_both_what_both_have_answered(library: Library) -> None:
    await ready(library)
    theirs = {"easy": "4", "roles": "unknown"}
    await shown_in_thread(library, theirs=theirs, people=PEOPLE)
    await press(library, "evaluation_copy")
    mail = said(await library.view())
    assert "både I og vi svarer 4 eller 5 ud af 5 til: - Er det let at arbejde sammen? " in mail
    both = mail.partition("både I og vi svarer")[2].partition("Alle svarene")[0]
    assert "Bliver det" not in both
    assert "Hvor vi begge har svaret, ser vi stort set ens på det." in mail


async def test_the_letter_shows_all_answers_of_both_sides(library: Library) -> None:
    await ready(library)
    theirs = {"easy": "2", "roles": "unknown", "forward": "3"}
    await shown_in_thread(library, theirs=theirs, people=PEOPLE)
    await press(library, "evaluation_copy")
    mail = said(await library.view())
    assert mail.partition("Alle svarene:")[2].startswith(
        " - Er det let at arbejde sammen? I: 2 · Vi: 4"
        " - Ved alle, hvem der gør hvad? I: ved ikke · Vi: 4"
        " - Kommer vi fremad, som vi havde tænkt? I: 3 · Vi: 3"
        " - Bliver det, vi aftaler, også til noget? I: ikke svaret · Vi: 4"
        " - Gør det en forskel for dem, det er lavet til? I: ikke svaret · Vi: 5"
        " - Er udbyttet tiden værd? I: ikke svaret · Vi: 4"
    ), mail


async def test_what_only_several_of_theirs_say_is_theirs(library: Library) -> None:
    await ready(library)
    five = Answers((), {}, {"easy": "5"})
    six = Answers((), {}, {"roles": "3"})
    sheets = {METTE: six, ALI: six, "@1": five, "@2": five}
    await shown(library, await partner(library), Told(sheets))
    words = said((await told(library))[0])
    assert "Er det let at arbejde sammen? Springbræt siger 4 eller 5" in words


async def test_a_figure_of_before_says_of_how_many_it_was(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    criteria = {"goal": "met", "together": "met", "method": "not_yet", "frame": "not_yet"}
    every = criteria | {"agreements": "met", "equality": "met"}
    ours = Answers([4] * 9, {}, every)
    before = {METTE: ours, ALI: ours, THE_PARTNER: Answers([4], {}, criteria)}
    await shown(library, number, Told(before, days_ago=190, instrument="partnership"))
    now = {METTE: ours, ALI: ours, THE_PARTNER: Answers([4] * 9, {}, every)}
    await shown(library, number, Told(now, instrument="partnership"))
    words = said((await told(library))[0])
    assert "vi 4 af 6 (før 4) · Springbræt 4 af 6 (før 2 af 4 besvarede)" in words


async def test_a_long_letter_is_whole() -> None:
    """A library's own questions may be long; nothing of the letter is cut silently."""
    long = shipped().get("partnership")
    text = Bilingual(da=f"Går det godt {'med alt det lange ' * 16}?", en="Is it well?")
    asked = [one.model_copy(update={"text": text, "both": None}) for one in long.questions]
    instrument = long.model_copy(update={"questions": tuple(asked)})
    t = Translator(Language.DANISH)
    sheets = {one.id: "4" for one in asked}
    both = held(sheets, sheets, theirs=sheets)
    evaluation = replace(both.evaluation, instrument=instrument)
    told_of = facts(result(replace(both, evaluation=evaluation), ()), (), None)
    mail = letter(t, told_of, Between("Anne", "Springbræt", "", "Mette"), NOW.date())
    view = mail_view(t, 1, mail, Language.DANISH)
    pieces = [e["initial_value"] for _, e in elements(view.to_dict()) if "initial_value" in e]
    assert len(pieces) > 1
    assert "\n".join(pieces).replace("\n", "") == mail.replace("\n", "")
