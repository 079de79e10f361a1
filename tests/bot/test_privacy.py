from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.partner import ContactPerson, Kind, Partner
from bot.privacy import (
    Information,
    anonymised,
    checked_information,
    deadline,
    hints,
    identifiers,
    of_the_person,
    people_of,
    scrubbed,
    tombstones,
    traces,
    without,
)

TODAY = date(2026, 11, 24)
ANNE = ContactPerson(
    "Anne Holm", "formand", "anne@springbraet.dk", "+4521436587", source="messen", id=7
)
BO = ContactPerson("Bo Lind", email="info@springbraet.dk", phone="+4533112233", id=8)
SPRINGBRAET = Partner("Foreningen Springbræt", id=3, people=(ANNE, BO))


def test_that_a_person_was_told_is_noted_with_the_day_and_the_way() -> None:
    assert checked_information(TODAY, " mail\n", today=TODAY) == Information(TODAY, "mail")
    with pytest.raises(UserError, match="has not come yet") as early:
        checked_information(date(2026, 11, 25), "", today=TODAY)
    assert early.value.field == "informed_on"
    with pytest.raises(UserError) as long:
        checked_information(TODAY, "x" * 301, today=TODAY)
    assert long.value.field == "informed_how"


@pytest.mark.parametrize(
    ("first_contact", "last_day"),
    [
        (None, date(2026, 12, 24)),
        (date(2027, 1, 1), date(2026, 12, 24)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 11, 1), TODAY),
    ],
)
def test_a_person_is_told_within_30_days_or_at_the_first_contact(
    first_contact: date | None, last_day: date
) -> None:
    assert deadline(TODAY, first_contact) == last_day


def test_what_a_person_shares_with_others_does_not_recognise_her() -> None:
    assert identifiers(ANNE, SPRINGBRAET) == replace(ANNE, title="", source="")
    assert identifiers(BO, SPRINGBRAET).email == ""
    twin = replace(ANNE, id=9, email="anne2@springbraet.dk", phone="21 43 65 87")
    crowded = replace(SPRINGBRAET, people=(ANNE, replace(twin, phone=ANNE.phone)))
    assert identifiers(ANNE, crowded) == ContactPerson(email=ANNE.email, id=7)


def test_a_new_person_is_compared_with_the_others_and_not_with_herself() -> None:
    new, other = replace(ANNE, id=0), replace(BO, id=0)
    assert identifiers(new, Partner("Springbræt", people=(new, other))).name == "Anne Holm"


def test_a_person_is_recognised_however_she_is_spelled() -> None:
    stone = tombstones("T1", SPRINGBRAET, identifiers(ANNE, SPRINGBRAET))
    assert len(stone) == 3
    renamed = Partner("SPRINGBRÆT")
    for again in (
        ContactPerson("ANNE  HOLM"),
        ContactPerson("A. Holm", email="Anne@Springbraet.dk"),
        ContactPerson("Nogen", phone="+4521436587"),
    ):
        assert stone & tombstones("T1", renamed, again)


def test_a_namesake_elsewhere_is_not_recognised_nor_anybody_in_another_library() -> None:
    stone = tombstones("T1", SPRINGBRAET, ANNE)
    assert not stone & tombstones("T1", Partner("Byens Museum"), ContactPerson("Anne Holm"))
    assert not stone & tombstones("T2", SPRINGBRAET, ANNE)
    assert tombstones("T1", SPRINGBRAET, ContactPerson()) == frozenset()


def test_a_tombstone_holds_nothing_readable() -> None:
    for one in tombstones("T1", SPRINGBRAET, ANNE):
        assert len(one) == 64
        assert not {"anne", "holm", "21436587"} & {one}
        int(one, 16)


def test_a_person_who_is_a_partner_herself_is_one_of_its_persons() -> None:
    assert people_of(SPRINGBRAET) == (ANNE, BO)
    alone = Partner("Anne Holm", id=3, kind=Kind.INDIVIDUAL, people=(BO,))
    assert people_of(alone) == (BO, ContactPerson("Anne Holm", id=3))
    assert people_of(replace(alone, people=(ANNE, BO))) == (ANNE, BO)


@pytest.mark.parametrize(
    "text",
    [
        "Ring til Anne Holm.",
        "ANNE\nHOLMS nummer",
        "Anne-Holm",
        "skriv til anne@Springbraet.dk i dag",
        "tlf.21436587",
        "(+45) 21 43 65 87",
        "0045 2143-6587",
        "Anne Holm’s plan",
    ],
)
def test_a_person_is_found_in_a_text(text: str) -> None:
    assert traces([ANNE]).search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anne kommer",
        "Johanne Holm",
        "Anne Holmberg",
        "121436587",
        "214365871",
        "anne@springbraet.dkx",
        "",
    ],
)
def test_nobody_else_is_found(text: str) -> None:
    assert not traces([ANNE]).search(text)


def test_a_foreign_and_an_unread_number_are_found_as_they_are() -> None:
    swede = ContactPerson(phone="+46701234567")
    assert traces([swede]).search("ring +46 70-123 45 67")
    assert not traces([swede]).search("ring 70 12 34 56")
    assert traces([ContactPerson(phone="33 11 22 lok. 5")]).search("33 11 22 5")
    assert not traces([ContactPerson(phone="lok. 5")]).search("5")


def test_a_single_name_is_only_a_hint() -> None:
    only = ContactPerson("Anne")
    assert not traces([only]).search("Anne kommer")
    assert hints([only]).search("Annes nummer")
    assert hints([ANNE]).search("spørg Holm")
    assert not hints([ContactPerson("Bo A")]).search("Bo bor A")
    assert not hints([ContactPerson()]).search("hvem som helst")


def test_the_partner_stays_without_the_person() -> None:
    partner = replace(
        SPRINGBRAET,
        note="Anne Holm har nøglen, 21 43 65 87",
        next_step="Ring til Anne Holm",
        keywords=("dans", "Anne Holm", "anne holm"),
        people=(ANNE, replace(BO, note=r"afløser for Anne Holm \1")),
    )
    assert without(partner, [ANNE], r"[\anonym]") == replace(
        partner,
        note=r"[\anonym] har nøglen, [\anonym]",
        next_step=r"Ring til [\anonym]",
        keywords=("dans", r"[\anonym]"),
        people=(replace(BO, note=r"afløser for [\anonym] \1"),),
    )


def test_a_mail_address_that_holds_the_name_is_taken_out_whole() -> None:
    anne = replace(ANNE, email="anne.holm@springbraet.dk")
    found = traces([ANNE, anne])
    assert scrubbed("Skriv til anne.holm@springbraet.dk", found, "*") == "Skriv til *"


def test_an_organisation_keeps_the_name_it_shares_with_her() -> None:
    school = Partner("Danseskolen Anne Holm", people=(ANNE,), website="https://holm.dk")
    assert of_the_person(school, [ANNE]) == frozenset()
    assert without(school, [ANNE], "[anonym]") == replace(school, people=())


def test_of_a_person_who_is_the_partner_nothing_is_kept() -> None:
    alone = Partner(
        "Anne Holm",
        id=3,
        kind=Kind.INDIVIDUAL,
        other_names=("Anne fra havnen",),
        website="https://anneholm.dk",
        picture_link="https://anneholm.dk/mig.png",
        people=(ANNE,),
    )
    left = without(alone, [ANNE], "[anonym]")
    assert left == Partner("[anonym]", id=3)
    assert people_of(left) == ()
    somebody_else = replace(alone, name="Bo Lind")
    assert of_the_person(somebody_else, [ANNE]) == frozenset()


def test_in_the_log_her_record_is_emptied_and_the_others_stand() -> None:
    found = traces([ANNE])
    logged = [asdict(ANNE), asdict(replace(BO, note="afløser for Anne Holm"))]
    assert scrubbed(logged, found, "[anonym]", 7) == [
        asdict(anonymised(7)),
        asdict(replace(BO, note="afløser for [anonym]")),
    ]
    assert scrubbed(["dans", "Anne Holm"], found, "[anonym]", 7) == ["dans", "[anonym]"]
    assert scrubbed(None, found, "[anonym]", 7) is None


@given(st.text(alphabet="Aneholm ", max_size=12), st.text(alphabet="0123456789+ ", max_size=12))
def test_what_is_taken_out_is_gone(name: str, phone: str) -> None:
    person = ContactPerson(name.strip(), phone=phone, id=7)
    found = traces([person])
    text = f"Ring til {person.name}, {person.phone}."
    assert not found.search(str(scrubbed(text, found, "*")))
