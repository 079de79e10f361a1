import pytest

from bot.privacy_notice import gaps, notice_text
from bot.translation import Translator
from bot.workspace import Language, Workspace

T = Translator(Language.ENGLISH)
HOUSE = Workspace(
    library_name="Byens Bibliotek",
    controller="Byens Kommune",
    privacy_contact="partner@byen.example",
    dpo="dpo@byen.example",
)


def said(workspace: Workspace, source: str = "messen") -> str:
    return notice_text(T, workspace, organisation="Springbræt", source=source)


def test_the_notice_says_all_that_articles_13_and_14_ask_for() -> None:
    text = said(HOUSE)
    for part in (
        "your name, your title and your contact details",
        "because Springbræt is in touch with Byens Bibliotek",
        "where we have them from: “messen”",
        "to keep in touch",
        "article 6(1)(e)",
        "Byens Kommune, who is the data controller",
        "Slack. We delete them 2 years after our last contact",
        "object to our having them: partner@byen.example",
        "officer: dpo@byen.example",
        "Datatilsynet",
    ):
        assert part in text
    assert "[" not in text
    assert gaps(HOUSE) == ()


def test_the_librarys_own_words_take_the_standard_ones_place() -> None:
    own = HOUSE.model_copy(
        update={
            "purpose": "We plan the culture night.",
            "legal_basis": "article 6(1)(b)",
            "transfer": "Slack is bound by the EU's standard clauses.",
            "retention_months": 1,
        }
    )
    text = said(own)
    assert "“messen”. We plan the culture night. The legal basis is article 6(1)(b)." in text
    assert "Slack. Slack is bound by the EU's standard clauses. We delete them one month" in text


@pytest.mark.parametrize("name", ["library_name", "controller", "privacy_contact", "dpo"])
def test_what_is_missing_is_seen_in_the_text(name: str) -> None:
    lacking = HOUSE.model_copy(update={name: ""})
    assert gaps(lacking) == (name,)
    assert said(lacking).count("[") == 1


def test_a_person_without_a_source_leaves_a_gap_too() -> None:
    assert "[where the details come from]" in said(HOUSE, "")
