import pytest

from handlers.views.parts import (
    Link,
    People,
    Person,
    bare,
    button,
    cut,
    escaped,
    heading,
    line,
    notice,
    plain,
    rich,
    row,
    small,
)
from sandbox.validation import check_view
from tests.handlers.views.extreme import Json, assert_fine, extremes, texts, words


def pieces(template: str, **values: object) -> list[Json]:
    (section,) = rich(template, block_id="b", **values)._resolve()["elements"]
    found: list[Json] = section["elements"]
    return found


def text(words_: str, **style: bool) -> Json:
    return {"type": "text", "text": words_, **({"style": style} if style else {})}


def test_markup_of_ours_becomes_style() -> None:
    assert pieces("**Hej** _du_, skriv `/partner` nu.") == [
        text("Hej", bold=True),
        text(" "),
        text("du", italic=True),
        text(", skriv "),
        text("/partner", code=True),
        text(" nu."),
    ]


def test_styles_lie_within_each_other() -> None:
    assert pieces("**a _b_ c**") == [
        text("a ", bold=True),
        text("b", bold=True, italic=True),
        text(" c", bold=True),
    ]


def test_an_underscore_within_a_word_is_an_underscore() -> None:
    assert pieces("snake_case_navn") == [text("snake_case_navn")]


@pytest.mark.parametrize("value", ["**x**", "_x_", "`x`", "{other}", "{value}", "<!channel>", "%s"])
def test_a_value_is_text_whatever_it_contains(value: str) -> None:
    assert pieces("Før {value} efter", value=value, other="andet") == [text(f"Før {value} efter")]


def test_a_value_takes_the_style_around_it() -> None:
    assert pieces("**{name}** er med.", name="A_b_") == [text("A_b_", bold=True), text(" er med.")]


def test_what_has_no_value_stays_as_it_stands() -> None:
    assert pieces("{unknown} x", name="y") == [text("{unknown} x")]


def test_an_empty_sentence_is_still_something_to_show() -> None:
    assert pieces("{name}", name="") == [text(" ")]
    assert line("{who}", who="")._resolve()["elements"] == [text(" ")]


def test_people_and_links_are_elements_of_their_own() -> None:
    shown = pieces(
        "{one} {several} {link}",
        one=Person("U01"),
        several=People(("U02", "U03")),
        link=Link("https://x.dk", "siden"),
    )
    assert [piece["type"] for piece in shown if piece.get("text") not in (" ", ", ")] == [
        "user",
        "user",
        "user",
        "link",
    ]


def test_nobody_is_no_element() -> None:
    assert pieces("Kender dem: {known_by}", known_by=People(())) == [text("Kender dem: ")]


def test_a_notification_has_no_markup_and_mentions_nobody() -> None:
    told = notice("**{name}** er i `arkivet`.", name="<!channel> & _x_")
    assert told == "&lt;!channel&gt; &amp; _x_ er i arkivet."
    assert "<" not in notice("{who}", who=Person("U01"))


def test_below_a_field_stands_the_bare_sentence() -> None:
    assert bare("Skriv `/partner` til **{who}**.", who="**x**") == "Skriv /partner til **x**."


def test_what_is_too_long_is_cut_with_an_ellipsis() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "ab…"
    assert len(plain("x" * 5000).text) == 3000


@extremes(typed=words(5000))
def test_every_piece_takes_any_text(typed: str) -> None:
    blocks = [
        rich("{typed}", block_id="1", typed=typed)._resolve(),
        heading(typed, "2")._resolve(),
        small(typed, "3")._resolve(),
        row("4", button(typed, "act", "1"))._resolve(),
    ]
    view = {"type": "modal", "title": plain("T")._resolve(), "blocks": blocks}
    assert_fine(view, check_view(view))
    assert typed in texts(view)


@extremes(typed=words(300))
def test_escaping_leaves_nothing_for_slack_to_parse(typed: str) -> None:
    told = escaped(typed)
    assert not {"<", ">"} & {*told}
    assert told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == typed
