from datetime import UTC, datetime, timedelta

import pytest

from bot.contact_who import (
    Question,
    asked_since,
    checked_words,
    is_asked,
    is_being_posted,
    names_person,
    topic_keyword,
)
from bot.errors import UserError
from bot.partner import Partner

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def question(
    words: str = "Springbræt", partner_id: int | None = None, until: datetime | None = None
) -> Question:
    return Question(words, False, "U02", NOW, "C01", partner_id, posting_until=until)  # noqa: FBT003 - no topic


def test_what_is_asked_about_is_cleaned() -> None:
    assert checked_words("  Foreningen\nSpringbræt ", field="words") == "Foreningen Springbræt"


@pytest.mark.parametrize("text", ["", " \n", "?!", "\u200b", "010190-1234", "x" * 201])
def test_what_may_not_be_asked(text: str) -> None:
    with pytest.raises(UserError) as refused:
        checked_words(text, field="words")
    assert refused.value.field == "words"


def test_the_same_partner_or_the_same_words_are_the_same_question() -> None:
    assert is_asked(question(partner_id=7), "Noget andet", 7)
    assert is_asked(question(partner_id=7), "foreningen SPRINGBRAET", None)
    assert not is_asked(question(partner_id=7), "Pixelværket", 8)
    assert not is_asked(question(), "Pixelværket", None)


def test_a_question_is_fresh_for_two_weeks() -> None:
    assert asked_since(NOW) == datetime(2026, 11, 10, 8, 0, tzinfo=UTC)


def test_a_question_is_being_posted_for_a_while() -> None:
    assert is_being_posted(question(until=NOW + SECOND), NOW)
    assert not is_being_posted(question(until=NOW), NOW)
    assert not is_being_posted(question(), NOW)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Anne Holm", True),
        ("anne", True),
        ("HOLM", True),
        ("Holm, Anne", True),
        ("Anne Holm fra Springbræt", True),
        ("kender nogen Anne Marie Holm?", True),
        ("kor", False),  # not the beginning of Kora
        ("Springbræt", False),
        ("Holmegaard", False),
        ("Anne fra Springbræt", False),  # nobody is only Anne
        ("!!!", False),
    ],
)
def test_a_persons_name_is_seen(text: str, is_one: bool) -> None:  # noqa: FBT001 - a row of the table
    names = ["Anne Holm", "Kora Madsen", "", "?"]
    assert names_person(text, names) is is_one


def test_a_topic_becomes_a_keyword_where_it_is_none_yet() -> None:
    topic = Question("Robotter", topic=True, asked_by="U02", asked_at=NOW, channel="C01")
    assert topic_keyword(topic, Partner("Kodeklubben")) == "Robotter"
    assert topic_keyword(topic, Partner("Kodeklubben", keywords=("robotter",))) is None
    assert topic_keyword(question(), Partner("Springbræt")) is None
    long = Question("r" * 76, topic=True, asked_by="U02", asked_at=NOW, channel="C01")
    assert topic_keyword(long, Partner("Kodeklubben")) is None
