from dataclasses import fields, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot import edits, intake
from bot.errors import UserError
from bot.partner import Change, ContactPerson, Partner, Purpose, Room

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", "+4521436587", id=7)
BO = ContactPerson("Bo Lind", email="bo@springbraet.dk", id=8)
SPRINGBRAET = Partner(
    "Springbræt",
    id=3,
    version=5,
    keywords=("lektier", "unge"),
    people=(ANNE, BO),
    responsible="U01",
    known_by=("U01", "U02"),
    created_by="U01",
    created_at=NOON,
)

WORDS = st.text(alphabet="abcæøå 🎉<&>\u202e\n", max_size=6)
PEOPLE = st.builds(ContactPerson, name=WORDS, id=st.integers(0, 4))
PARTNERS = st.builds(
    Partner,
    name=WORDS,
    keywords=st.lists(WORDS, max_size=4, unique=True).map(tuple),
    people=st.lists(PEOPLE, max_size=3, unique_by=lambda person: person.id or person).map(tuple),
    known_by=st.lists(st.sampled_from(["U01", "U02"]), unique=True).map(tuple),
    note=WORDS,
)


def told(partner: Partner) -> dict[str | None, str]:
    return {fault.field: fault.msgid for fault in intake.faults(partner)}


def test_a_partner_is_tidied() -> None:
    typed = Partner(
        " Spring\u200bbræt \n",
        other_names=("Lektiehuset", "lektiehuset ", "", "Springet"),
        website="WWW.Springbraet.dk/",
        cvr="DK 12 34 56 74",
        keywords=(" unge ", "lektier", "UNGE"),
        rooms=(Room.LEARNING, Room.LEARNING),
        purposes=(Purpose.NEW_USERS, Purpose.EXPERIMENT, Purpose.NEW_USERS),
        next_step="ring\ntil Anne",
        next_step_on=date(2026, 12, 1),
        note=" et\r\nto\x00 ",
        people=(ContactPerson("Anne  Holm", phone="21 43 65 87"), ContactPerson(title=" \u200b")),
        known_by=("U01", "U02", "U01"),
    )
    assert intake.checked(typed) == Partner(
        "Springbræt",
        other_names=("Lektiehuset", "Springet"),
        website="https://www.springbraet.dk",
        cvr="12345674",
        keywords=("unge", "lektier"),
        rooms=(Room.LEARNING,),
        purposes=(Purpose.NEW_USERS, Purpose.EXPERIMENT),
        next_step="ring til Anne",
        next_step_on=date(2026, 12, 1),
        note="et\nto",
        people=(ContactPerson("Anne Holm", phone="+4521436587"),),
        known_by=("U01", "U02"),
    )


def test_what_is_optional_may_be_blank() -> None:
    blank = Partner("Bo", website=" ", cvr="\u200b", picture_link="", channel=" ")
    assert intake.checked(blank) == Partner("Bo")


def test_a_channel_is_kept_as_slack_numbers_it() -> None:
    assert intake.checked(Partner("Bo", channel=" C0123 ")).channel == "C0123"


@pytest.mark.parametrize("name", ["", "  ", "\u202e\u200f", "\x00"])
def test_a_partner_needs_a_name(name: str) -> None:
    assert told(Partner(name)) == {"name": "Write what the organisation is called."}


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": "x" * 201}, "name", "This is too long"),
        ({"website": "nonsens"}, "website", "not an address on the web"),
        ({"website": "x" * 501}, "website", "This is too long"),
        ({"agreement_link": "javascript:alert(1)"}, "agreement_link", "not an address on the web"),
        ({"picture_link": "file:///etc/passwd"}, "picture_link", "not an address on the web"),
        ({"channel": "#børn"}, "channel", "no channel in Slack"),
        ({"channel": "U0123"}, "channel", "no channel in Slack"),
        ({"cvr": "12345678"}, "cvr", "mistyped"),
        ({"note": "x" * 3001}, "note", "The note is too long"),
        ({"note": "hej\n010180-1234"}, "note", "CPR"),
        ({"name": "010180-1234"}, "name", "CPR"),
        ({"keywords": ("unge", "x" * 76)}, "keywords", "This is too long"),
        ({"other_names": ("0101801234",)}, "other_names", "CPR"),
        ({"case_number": "sag 010180-1234"}, "case_number", "CPR"),
        ({"branch": "x" * 76}, "branch", "This is too long"),
        ({"next_step_on": date(2026, 12, 1)}, "next_step", "take its date away"),
        ({"deputy": "U01"}, "deputy", "somebody else"),
        ({"people": (replace(ANNE, email="anne"),)}, "people", "not an e-mail address"),
        ({"people": (ContactPerson(source="visitkort"),)}, "people", "Write the person's name"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, Any], field: str, sentence: str) -> None:
    wrong = replace(SPRINGBRAET, **change)
    assert list(told(wrong)) == [field]
    assert sentence in told(wrong)[field]
    with pytest.raises(UserError) as refused:
        intake.checked(wrong)
    assert refused.value.field == field


def test_all_faults_are_told_at_once() -> None:
    people = (ContactPerson("Bo", email="bo", phone="010180-1234"),)
    wrong = Partner("", cvr="1", note="x" * 4000, people=people)
    assert [fault.field for fault in intake.faults(wrong)] == [
        "name",
        "cvr",
        "note",
        "people",
        "people",
    ]


def test_a_contact_person_is_tidied() -> None:
    typed = ContactPerson(
        " Anne  Holm", "formand ", "Anne@SPRINGBRAET.dk", "33 12 34 56 lok. 2", " et\nto ", "kort "
    )
    assert intake.checked_person(typed) == ContactPerson(
        "Anne Holm", "formand", "Anne@springbraet.dk", "33 12 34 56 lok. 2", "et\nto", "kort"
    )


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (ContactPerson(), "name"),
        (ContactPerson(title="formand", note="uden navn"), "name"),
        (ContactPerson("x" * 201), "name"),
        (ContactPerson("Anne", email="anne@"), "email"),
        (ContactPerson("Anne", phone="010180-1234"), "phone"),
        (ContactPerson("Anne", phone="1" * 80), "phone"),
        (ContactPerson("Anne", note="010180-1234"), "note"),
    ],
)
def test_a_contact_persons_fault_names_its_field(person: ContactPerson, field: str) -> None:
    with pytest.raises(UserError) as refused:
        intake.checked_person(person)
    assert refused.value.field == field


@pytest.mark.parametrize("way", [{"name": "Anne"}, {"email": "a@b.dk"}, {"phone": "21436587"}])
def test_one_way_to_a_person_is_enough(way: dict[str, Any]) -> None:
    assert intake.checked_person(ContactPerson(**way)).title == ""


@given(PARTNERS)
def test_checking_twice_changes_nothing(partner: Partner) -> None:
    if not intake.faults(partner):
        once = intake.checked(partner)
        assert intake.checked(once) == once


def test_two_edits_of_different_fields_are_both_kept() -> None:
    mine = replace(SPRINGBRAET, note="min note")
    theirs = replace(SPRINGBRAET, version=6, area="Vest", level=SPRINGBRAET.level)
    merge = edits.edited(SPRINGBRAET, mine, theirs)
    assert merge.merged == replace(theirs, note="min note")
    assert merge.theirs == theirs
    assert merge.theirs_changed == ("area",)
    assert merge.both_changed == ()


def test_a_field_that_both_changed_is_mine_and_told() -> None:
    mine = replace(SPRINGBRAET, note="min", area="Vest")
    theirs = replace(SPRINGBRAET, version=6, note="deres", area="Vest")
    merge = edits.edited(SPRINGBRAET, mine, theirs)
    assert merge.merged == replace(theirs, note="min")
    assert merge.theirs_changed == ("area", "note")
    assert merge.both_changed == ("note",)


def test_lists_that_both_changed_keep_what_each_did() -> None:
    mine = replace(SPRINGBRAET, keywords=("unge", "kode"))  # away: lektier, new: kode
    theirs = replace(SPRINGBRAET, keywords=("lektier", "unge", "leg"))  # new: leg
    merge = edits.edited(SPRINGBRAET, mine, theirs)
    assert merge.merged.keywords == ("unge", "leg", "kode")
    assert merge.both_changed == ("keywords",)


def test_a_list_that_i_alone_put_in_order_stays_so() -> None:
    mine = replace(SPRINGBRAET, keywords=("unge", "lektier"))
    theirs = replace(SPRINGBRAET, area="Vest")
    assert edits.edited(SPRINGBRAET, mine, theirs).merged.keywords == ("unge", "lektier")


def test_people_that_both_changed_keep_what_each_did() -> None:
    new, newer = ContactPerson("Carl"), ContactPerson("Dorte", id=9)
    mine = replace(SPRINGBRAET, people=(replace(ANNE, title="næstformand"), new))
    theirs = replace(SPRINGBRAET, people=(replace(ANNE, phone=""), BO, newer))
    merge = edits.edited(SPRINGBRAET, mine, theirs)
    assert merge.merged.people == (replace(ANNE, title="næstformand"), newer, new)


def test_a_person_that_i_corrected_survives_their_removal() -> None:
    mine = replace(SPRINGBRAET, people=(replace(ANNE, title="næstformand"), BO))
    theirs = replace(SPRINGBRAET, people=())
    merged = edits.edited(SPRINGBRAET, mine, theirs).merged
    assert merged.people == (replace(ANNE, title="næstformand"),)


def test_of_a_person_only_what_i_changed_is_mine() -> None:
    mine = replace(ANNE, title="kasserer")
    theirs = replace(ANNE, title="sekretær", phone="+4587654321", id=9)
    assert edits.edited_person(ANNE, mine, theirs) == replace(theirs, title="kasserer")
    assert edits.edited_person(ANNE, ANNE, theirs) == theirs


def test_a_field_that_is_no_list_is_not_joined() -> None:
    mine = replace(SPRINGBRAET, responsible="U02")
    theirs = replace(SPRINGBRAET, responsible=None)
    assert edits.edited(SPRINGBRAET, mine, theirs).merged.responsible == "U02"


@given(PARTNERS, PARTNERS)
def test_an_edit_of_one_alone_is_that_edit(base: Partner, after: Partner) -> None:
    assert edits.edited(base, base, after).merged == after
    assert edits.edited(base, after, base).merged == after
    assert edits.edited(base, base, after).both_changed == ()
    assert edits.edited(base, after, base).theirs_changed == ()


@given(PARTNERS, PARTNERS, PARTNERS)
def test_nothing_that_either_wrote_alone_is_lost(
    base: Partner, mine: Partner, theirs: Partner
) -> None:
    merge = edits.edited(base, mine, theirs)
    for field in fields(Partner):
        was, my, their, now = (
            getattr(partner, field.name) for partner in (base, mine, theirs, merge.merged)
        )
        if my == was:
            assert now == their
        elif their == was or not isinstance(my, tuple):
            assert now == my
    kept = {person.id for person in merge.merged.people if person.id}
    assert len(kept) == len([person for person in merge.merged.people if person.id])


def as_json(field: str, value: object) -> object:
    hint = {"people": tuple[ContactPerson, ...]}.get(field, type(value))
    return TypeAdapter(hint).dump_python(value, mode="json")


def changes(before: Partner, after: Partner, version: int) -> list[Change]:
    return [
        Change(
            version,
            "U02",
            NOON,
            field.name,
            as_json(field.name, getattr(before, field.name)),
            as_json(field.name, getattr(after, field.name)),
        )
        for field in fields(Partner)
        if getattr(before, field.name) != getattr(after, field.name)
    ]


@settings(max_examples=50)
@given(st.lists(PARTNERS, min_size=1, max_size=4))
def test_rewinding_all_changes_gives_the_first_state(states: list[Partner]) -> None:
    made = [
        change
        for version, (before, after) in enumerate(pairwise(states))
        for change in changes(before, after, version)
    ]
    assert edits.rewind(states[-1], made) == states[0]


def test_rewinding_reads_what_json_carries() -> None:
    now = replace(SPRINGBRAET, people=(), start=None)
    made = [
        Change(5, "U02", NOON, "rooms", ["learning"], []),
        Change(5, "U02", NOON, "kind", "firm", None),
        Change(5, "U02", NOON, "start", "2024-02-29", None),
        Change(5, "U02", NOON, "people", as_json("people", SPRINGBRAET.people), []),
        Change(5, "U02", NOON, "a_field_of_the_past", 1, 2),
    ]
    was = edits.rewind(now, made)
    assert was.rooms == (Room.LEARNING,)
    assert was.kind is not None
    assert was.kind.value == "firm"
    assert was.start == date(2024, 2, 29)
    assert was.people == SPRINGBRAET.people
    assert was.version == now.version
