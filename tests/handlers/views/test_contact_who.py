from datetime import date

from hypothesis import strategies as st

from bot.contact import Acquaintance, Colleague, Contact, Kind
from bot.contact_who import Known, Question
from bot.intake import NAME_LENGTH
from bot.likeness import Likeness, Reason
from bot.partner import Partner, Tie
from bot.translation import Translator
from handlers.views import contact_who as views
from handlers.views import contact_who_answer as answers
from handlers.views import contact_who_ask as form
from tests.handlers.views.extreme import (
    DANISH,
    HITS,
    LANGUAGES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    texts,
    words,
)

TODAY = date(2026, 11, 24)
CONTACTS = st.builds(
    Contact,
    partner_id=st.integers(1, 10**9),
    kind=st.sampled_from(Kind),
    on=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    noted_by=USERS,
    noted_at=MOMENTS,
    about=maybe(300),
    id=st.integers(1, 10**9),
)
COLLEAGUES = st.builds(
    Colleague,
    user=USERS,
    tie=st.one_of(st.none(), st.sampled_from(Tie)),
    last=st.one_of(st.none(), CONTACTS),
)
FOUND = st.builds(
    Acquaintance,
    hit=HITS,
    colleagues=st.one_of(
        st.lists(COLLEAGUES, max_size=4).map(tuple), COLLEAGUES.map(lambda one: (one,) * 300)
    ),
    people=st.integers(0, 10**6),
    about=st.one_of(st.none(), CONTACTS),
)
QUESTIONS = st.builds(
    Question,
    words=words(NAME_LENGTH),
    topic=st.booleans(),
    asked_by=USERS,
    asked_at=MOMENTS,
    channel=st.just("C0123456789"),
    partner_id=st.one_of(st.none(), st.integers(1, 10**9)),
    ts=st.sampled_from(("", "1795512345.000100")),
    id=st.integers(1, 10**9),
)
KNOWN = st.builds(
    Known,
    name=maybe(NAME_LENGTH),
    users=st.one_of(
        st.lists(USERS, min_size=1, max_size=3).map(tuple),
        st.just(tuple(f"U{n:010}" for n in range(300))),
    ),
)
LIKE = st.builds(
    Likeness, partner=PARTNERS, reason=st.sampled_from(Reason), score=st.floats(0.5, 1)
)
CHANNELS = words(80)
PERMALINKS = st.sampled_from(
    ("", "https://byensbibliotek.slack.com/archives/C01/p1795512345000100")
)


@LANGUAGES
@extremes(sought=words(4000), found=st.lists(FOUND, max_size=5), more=st.booleans())
def test_the_answer_takes_anything(
    t: Translator,
    sought: str,
    found: list[Acquaintance],
    more: bool,  # noqa: FBT001 - made by Hypothesis
) -> None:
    reply = views.answer(t, sought, found, TODAY, more=more)
    accepted_message(t, reply)
    accepted_view(views.found_view(t, reply))


@LANGUAGES
def test_what_is_typed_is_read_back(t: Translator) -> None:
    accepted_view(views.find_view(t))
    typed = {views.WORDS: {views.WORDS: {"value": "Springbræt"}}}
    assert views.read_find(typed) == "Springbræt"


@LANGUAGES
@extremes(channel=CHANNELS, asked=maybe(NAME_LENGTH), topic=st.booleans())
def test_the_question_is_read_back_as_it_was_shown(
    t: Translator,
    channel: str,
    asked: str,
    topic: bool,  # noqa: FBT001 - made by Hypothesis
) -> None:
    shown = accepted_view(form.ask_view(t, channel, asked, topic=topic))
    assert form.read_ask(filled(shown)) == (asked, topic)


@extremes(sought=words(4000), number=st.one_of(st.none(), st.integers(1, 10**9)))
def test_the_button_carries_what_it_is_about(sought: str, number: int | None) -> None:
    value = str(form.ask_button(DANISH, sought, number)._resolve()["value"])
    assert form.what(value) == (number, sought[:NAME_LENGTH])


@LANGUAGES
@extremes(question=QUESTIONS, known=st.lists(KNOWN, max_size=12), asker=maybe(200))
def test_the_question_in_the_channel_takes_anything(
    t: Translator, question: Question, known: list[Known], asker: str
) -> None:
    accepted_message(t, answers.question_message(t, question, known, asker))


@LANGUAGES
@extremes(question=QUESTIONS, known=st.lists(KNOWN, max_size=12), channel=CHANNELS, link=PERMALINKS)
def test_what_came_of_asking_takes_anything(
    t: Translator, question: Question, known: list[Known], channel: str, link: str
) -> None:
    accepted_message(t, form.asked(t, channel, link))
    above = answers.answered(t, question, known)
    accepted_message(t, form.asked_before(t, question, above, TODAY, link))
    for unsure in (True, False):
        accepted_message(t, form.not_posted(t, question, channel, unsure=unsure))


@LANGUAGES
@extremes(question=QUESTIONS, partner=PARTNERS, tied=st.booleans(), added=st.booleans())
def test_thanks_and_the_way_back_take_anybody(
    t: Translator,
    question: Question,
    partner: Partner,
    tied: bool,  # noqa: FBT001 - made by Hypothesis
    added: bool,  # noqa: FBT001 - made by Hypothesis
) -> None:
    thanks = accepted_message(t, answers.thanks(t, question, partner, tied=tied, added=added))
    assert partner.name in texts(thanks)
    for gone in (partner, None):
        accepted_message(t, answers.taken_back(t, gone, tied=tied, added=added))


@LANGUAGES
@extremes(question=QUESTIONS, same=st.lists(LIKE, max_size=5), name=maybe(NAME_LENGTH))
def test_who_it_is_takes_anybody(
    t: Translator, question: Question, same: list[Likeness], name: str
) -> None:
    shown = accepted_view(answers.which_view(t, question, same, name))
    assert answers.read_name(filled(shown)) == name
    seen = {like.partner.id for like in same}
    assert answers.asked_which(shown["private_metadata"]) == (question.id, seen)


def test_a_button_says_which_answer_it_takes_back() -> None:
    assert answers.where("12:7") == (12, 7)
