from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_mail import Mail
from bot.evaluation_paste import Reading, Unclear
from bot.evaluation_questions import LAST, shipped
from bot.guard import NOTE_LENGTH
from bot.partner import ContactPerson
from bot.round import Kind, Round, Sheet, Standing
from bot.translation import Translator
from bot.workspace import Language, Workspace
from handlers.views import evaluation_partner as views
from handlers.views import evaluation_told as told_views
from handlers.views import evaluation_web as web_views
from handlers.views.evaluation_told import Where
from tests.handlers.views.extreme import (
    DANISH,
    LANGUAGES,
    LIBRARIES,
    PERSONS,
    accepted_view,
    extremes,
    words,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
THIS = Round(Kind.EVALUATION, 7, "U02", NOW, NOW, {"@0": Standing.WAITING}, named=False, id=10**6)
ABOUT = Evaluation(
    1, Occasion.YEARLY, shipped().get("partnership"), Level.COLLABORATION, NOW.date(), NOW
)
NAMES = words(200)
LONG = words(4 * NOTE_LENGTH)
NAMED = PERSONS.filter(lambda person: bool(person.name.strip()))
IDS = [one.id for one in ABOUT.instrument.questions]
NOTES = st.dictionaries(st.sampled_from([*IDS, LAST]), LONG)
READINGS = st.builds(
    Reading,
    answers=st.dictionaries(st.sampled_from(IDS[:9]), st.sampled_from(["1", "5", "unknown"])),
    notes=NOTES,
    unclear=st.lists(
        st.builds(Unclear, st.integers(1, 15), st.lists(LONG, min_size=1, max_size=3).map(tuple)),
        max_size=15,
        unique_by=lambda one: one.number,
    ).map(tuple),
    unread=st.lists(LONG, max_size=5).map(tuple),
)


def offer(partner: str, persons: list[ContactPerson], *, has_address: bool = True) -> views.Offer:
    numbered = [replace(person, id=number) for number, person in enumerate(persons, 1)]
    made = {"@0": NOW, "@1": NOW}
    return views.Offer(
        THIS,
        partner,
        numbered,
        made,
        has_address=has_address,
        lacks_statements=True,
        language=Language.DANISH,
        minutes="to minutter",
    )


@LANGUAGES
@extremes(partner=NAMES, persons=st.lists(NAMED, max_size=4), has=st.booleans())
def test_the_form_that_asks(
    t: Translator, partner: str, persons: list[ContactPerson], *, has: bool
) -> None:
    accepted_view(views.ask_view(t, offer(partner, persons, has_address=has)))
    accepted_view(told_views.paste_view(t, offer(partner, persons)))


def test_a_crowd_of_contact_persons_fits() -> None:
    persons = [ContactPerson(f"Anne {number}") for number in range(300)]
    accepted_view(views.ask_view(DANISH, offer("Springbræt", persons)))


@LANGUAGES
@extremes(partner=NAMES, subject=NAMES, body=LONG, link=st.booleans())
def test_the_mail_is_whole_however_long(
    t: Translator, partner: str, subject: str, body: str, *, link: bool
) -> None:
    view = views.mail_view(t, partner, Mail(subject, body), "a@x.dk", by_link=link)
    accepted_view(view)
    fields = [b for b in view.to_dict()["blocks"] if b["block_id"].startswith("letter")]
    shown = "\n".join(field["element"].get("initial_value", "") for field in fields)
    assert "".join(shown.split()) == "".join(body.split())


@LANGUAGES
@extremes(other=NAMES, reading=READINGS, again=st.booleans())
def test_whatever_was_read(t: Translator, other: str, reading: Reading, *, again: bool) -> None:
    where = Where(THIS.id, "@1000000", told_views.MAIL, again=again)
    accepted_view(told_views.preview_view(t, where, ABOUT, other, reading))
    accepted_view(told_views.meets_view(t, where))
    accepted_view(
        told_views.preview_view(
            t,
            Where(THIS.id, "", told_views.MEETING),
            ABOUT,
            other,
            Reading(),
            offer=offer(other, []),
        )
    )


@LANGUAGES
@extremes(partner=NAMES, subject=NAMES, library=LIBRARIES, notes=NOTES)
def test_the_page_shows_every_text_as_text(
    t: Translator, partner: str, subject: str, library: Workspace, notes: dict[str, str]
) -> None:
    about = replace(ABOUT, subject=subject)
    asked = web_views.Asked(about, partner, library, NOW)
    html = web_views.form_page(t, asked, web_views.Filled(Sheet(notes=notes)))
    assert html.count("<textarea") == html.count("</textarea>") >= 10
    assert html.count("<form") == html.count("</form>") == 1
    assert html.count("<script") == 0
