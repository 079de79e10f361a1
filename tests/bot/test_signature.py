from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import NAME_LENGTH
from bot.signature import Signature, name_or_pasted, read_signature

EXAMPLES = yaml.safe_load((Path(__file__).parent / "signatures.yaml").read_text(encoding="utf-8"))
FRAGMENTS = st.sampled_from(
    [
        *(
            "Anne Holm",
            "ANNE",
            "anne",
            "formand",
            "Head of Events",
            "Springbræt ApS",
            "v/ ",
            "Mvh ",
        ),
        *("Med venlig hilsen", "Hej Sofie,", "> ", "|", " • ", ", ", "\n", "\t", " - ", "(", ")"),
        *("anne@springbraet.dk", "<mailto:a@b.dk>", "www.springbraet.dk", "https://[", "@", "tel"),
        *("+45", "21 43 65 87", "0046812345678", "CVR-nr. 12345674", "DK12345678", "EAN 5798"),
        *(
            "8000 Aarhus",
            "Navn: ",
            "Titel:",
            "Fra: ",
            "Til: ",
            "skrev Bo:",
            "\ud800",
            "\u202e",
            "'",
        ),
    ]
)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["what"] for example in EXAMPLES])
def test_a_signature_is_sorted(example: dict[str, Any]) -> None:
    expected = {key: value for key, value in example.items() if key not in {"what", "pasted"}}
    read = asdict(read_signature(example["pasted"]))
    if "rest" not in expected:
        del read["rest"]
    assert {key: value for key, value in read.items() if value or key in expected} == expected


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 25


def test_nothing_is_read_from_nothing() -> None:
    assert read_signature("") == Signature()
    assert read_signature(" \n > \n --\nMvh\n") == Signature()


def test_what_cannot_be_placed_is_kept() -> None:
    read = read_signature("Vi ses måske til noget på tirsdag\nmed 14 andre")
    assert read.rest == "Vi ses måske til noget på tirsdag\nmed 14 andre"


def test_a_greeting_at_the_end_hides_nothing() -> None:
    read = read_signature("Anne Holm, formand\nSkakklubben\nVenlig hilsen")
    assert (read.name, read.title, read.organisation) == ("Anne Holm", "formand", "Skakklubben")


@pytest.mark.parametrize(
    ("typed", "name", "pasted"),
    [
        ("", "", False),
        ("Springbræt", "Springbræt", False),
        ("x" * NAME_LENGTH, "x" * NAME_LENGTH, False),
        ("x" * (NAME_LENGTH + 1), "", True),
        ("Anne Holm, formand\nSkakklubben", "Skakklubben", True),
        ("Anne Holm\r\nanne@eksempel.dk", "", True),
        ("Foreningen " + "ord " * NAME_LENGTH, "", True),
    ],
)
def test_what_is_no_name_was_pasted(typed: str, name: str, *, pasted: bool) -> None:
    assert name_or_pasted(typed) == (name, typed if pasted else "")


def test_a_very_long_text_is_read_from_its_beginning() -> None:
    read = read_signature("Anne Holm, anne@springbraet.dk\n" + "a.b-c @" * 20_000)
    assert read.name == "Anne Holm"
    assert len(read.rest) < 5_000


@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=14).map("".join))
def test_reading_never_fails_and_fields_are_single_lines(pasted: str) -> None:
    read = asdict(read_signature(pasted))
    read.pop("rest")
    assert not any("\n" in value for value in read.values())


@given(st.permutations(["Anne Holm", "Projektleder", "Springbræt ApS", "anne@springbraet.dk"]))
def test_the_order_of_lines_does_not_matter(lines: list[str]) -> None:
    assert read_signature("\n".join(lines)) == Signature(
        "Anne Holm", "Projektleder", "anne@springbraet.dk", organisation="Springbræt ApS"
    )
