from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from bot.circle import Level
from bot.import_choice import Choice, Likely
from bot.import_columns import recognise
from bot.import_draft import Register, draft
from bot.import_file import read
from bot.import_match import LIKELY
from bot.import_plan import Plan, plan
from bot.import_record import Cell, Doubt, Line, Person, Reason, Record, Refused, Words
from bot.import_rows import records
from bot.import_sheet import Sheet
from bot.import_traits import Clue, traits_of
from bot.partner import ContactPerson, Kind, Partner, RelationType, Status
from bot.privacy import Information, Standing, identifiers, tombstones
from bot.workspace import Workspace
from tests.bot.import_files import table

ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", phone="+4533663000", id=11)
OURS = Partner(
    "Springbræt",
    id=1,
    version=3,
    cvr="25313763",
    website="https://springbraet.dk",
    keywords=("lektier",),
    people=(ANNE,),
)
DANCE = Partner("Dansehallerne", id=2, version=1)
WORDS = Words(Workspace())
SOURCE = "Læst ind fra liste.csv"
LEAVE, SAME, NEW = (Choice(likely) for likely in Likely)


def row(number: int = 2, name: str = "", *people: Person, **more: Any) -> Record:
    about = {"id", "last_contact", "doubts", "ours"}
    fields = {key: value for key, value in more.items() if key not in about}
    if name:
        fields["name"] = name
    return Record(
        (number,),
        fields,
        people,
        lines=(Line(number, (name,)),),
        **{key: value for key, value in more.items() if key in about},
    )


def read_from(rows: Sequence[tuple[str, ...]]) -> list[Record | Refused]:
    sheet = read(BytesIO(table(rows, ("Navn", "CVR")[: len(rows[0])])), "liste.csv")
    assert isinstance(sheet, Sheet)
    return list(records(sheet, recognise(sheet, WORDS), WORDS, date(2026, 11, 22)))


def planned(
    *rows: Record | Refused,
    register: tuple[Partner, ...] = (OURS, DANCE),
    choice: Choice = LEAVE,
    standings: dict[int, Standing] | None = None,
    **knows: Any,
) -> Plan:
    asked = Register("T01", tuple(map(traits_of, register)), **knows)
    found = draft(rows, asked, choice)
    partners = {one.id: one for one in register if one.id in found.meant}
    return plan(found, partners, standings or {}, asked, SOURCE)


def only_change(made: Plan) -> Partner:
    assert made.counts == {"new": 0, "changed": 1, "same": 0, "doubtful": 0, "refused": 0}
    return made.changed[0].after


def doubt(made: Plan) -> str:
    assert not made.new
    assert not made.changed
    (one,) = made.doubtful
    return one.reasons[0].msgid


def test_what_nobody_knows_is_new() -> None:
    made = planned(row(2, "Kulturhuset", Person("Bo Lind"), kind=Kind.CULTURE))
    (step,) = made.new
    assert (step.after.name, step.after.kind) == ("Kulturhuset", Kind.CULTURE)
    assert step.after.people == (ContactPerson("Bo Lind", source=SOURCE),)
    assert step.changed == ()
    assert made.left_out == ()


def test_a_source_that_the_file_gives_is_kept() -> None:
    made = planned(row(2, "Kulturhuset", Person("Bo Lind", source="messen")))
    assert made.new[0].after.people[0].source == "messen"


@pytest.mark.parametrize(
    "means",
    [
        row(2, "", id=1),
        row(2, "Springbræt", id=1),
        row(2, "Noget helt andet", id=1, cvr="25313763"),
        row(2, "Springbraet", cvr="25313763"),
        row(2, "Springbræt Aarhus", cvr="25313763"),
        row(2, "Sprinbræt", Person("Anne Holm", email="anne@springbraet.dk")),
        row(2, "Foreningen Springbræt", website="https://springbraet.dk/om"),
        row(2, "Springbræt", Person("Bo", email="bo@springbraet.dk")),
        row(2, "SPRINGBRÆT"),
    ],
    ids=["number", "both", "number-cvr", "cvr", "within", "person", "site", "host", "name"],
)
def test_it_is_the_same_partner_where_a_clue_and_the_name_agree(means: Record) -> None:
    made = planned(means)
    assert not made.new
    assert not made.doubtful
    assert len(made.changed) + made.same == 1


@pytest.mark.parametrize(
    ("likely", "clue"),
    [
        (row(2, "Kulturhuset", id=1), Clue.NUMBER),
        (row(2, "Kulturhuset", cvr="25313763"), Clue.CVR),
        (row(2, "Kulturhuset", Person("Anne", email="anne@springbraet.dk")), Clue.PERSON),
        (row(2, "Kulturhuset", website="https://springbraet.dk"), Clue.WEBSITE),
        (row(2, "Springbræt", cvr="10000009"), Clue.NAME),
        (row(2, "Danseballerne"), Clue.SIMILAR),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_that_is_only_likely_is_left_out_unless_somebody_decides(
    likely: Record, clue: Clue
) -> None:
    made = planned(likely)
    assert doubt(made) == LIKELY[clue]
    assert made.left_out[0].number == 2
    assert len(planned(likely, choice=SAME).changed) + planned(likely, choice=SAME).same == 1
    assert len(planned(likely, choice=NEW).new) == 1


def test_several_of_one_name_are_never_chosen_between() -> None:
    twins = (Partner("Musikskolen", id=1, version=1), Partner("Musikskolen", id=2, version=1))
    for choice in (Choice(), SAME):
        made = planned(row(2, "Musikskolen"), register=twins, choice=choice)
        assert doubt(made) == LIKELY[Clue.SEVERAL]
    assert len(planned(row(2, "Musikskolen"), register=twins, choice=NEW).new) == 1


def test_two_numbers_in_a_name_are_two_partners() -> None:
    troop = (Partner("3. Gruppe Vanløse", id=1, version=1),)
    assert len(planned(row(2, "4. Gruppe Vanløse"), register=troop).new) == 1


def test_a_mail_host_alone_says_nothing() -> None:
    made = planned(row(2, "Kulturhuset", Person("Bo", email="bo@springbraet.dk")))
    assert len(made.new) == 1


def test_what_many_rows_share_says_nothing() -> None:
    names = ("Nordskolen", "Vestbadet", "Kulturhuset", "Ungdomsgården", "Arkivet")
    read = read_from([(name, "29189846") for name in names])
    assert [step.after.name for step in planned(*read, register=()).new] == list(names)


def test_two_rows_with_one_cvr_number_and_two_names_are_asked_about() -> None:
    made = planned(*read_from([("Nordskolen", "29189846"), ("Vestbadet", "29189846")]), register=())
    assert [step.after.name for step in made.new] == ["Nordskolen"]
    (one,) = made.doubtful
    assert one.record.name == "Vestbadet"
    assert one.reasons[0].msgid == LIKELY[Clue.CVR]


def test_one_cvr_number_and_nearly_one_name_in_two_rows_are_one_partner() -> None:
    rows = [("Springbræt", "25313763"), ("Springbræt Aarhus", "25313763")]
    (step,) = planned(*read_from(rows), register=()).new
    assert (step.after.name, step.after.other_names) == ("Springbræt", ("Springbræt Aarhus",))


def test_a_shared_cvr_number_leads_to_the_one_of_that_name() -> None:
    known = tuple(
        Partner(name, id=n, version=1, cvr="29189846")
        for n, name in enumerate(("Nordskolen", "Vestbadet", "Arkivet", "Musikskolen"), 1)
    )
    made = planned(row(2, "Arkivet", cvr="29189846", area="byen"), register=known)
    assert only_change(made).id == 3


def test_the_number_of_one_that_was_made_one_leads_on() -> None:
    made = planned(row(2, "Springbræt", id=99, area="byen"), moved={99: 1})
    assert only_change(made).id == 1


def test_numbers_of_another_register_mean_nothing() -> None:
    foreign = row(2, "Kulturhuset", id=1, ours=True)
    assert len(planned(foreign).new) == 1


def test_a_number_that_nobody_has_and_no_name_is_refused() -> None:
    made = planned(row(7, "", id=77, area="byen"))
    (refused,) = made.refused
    assert refused.number == 7
    assert "no partner with that number" in refused.reasons[0].msgid


def test_rows_of_one_new_partner_become_one_card() -> None:
    made = planned(row(2, "Kulturhuset", Person("Bo")), row(9, "KULTURHUSET", Person("Ida")))
    (step,) = made.new
    assert step.numbers == (2, 9)
    assert [person.name for person in step.after.people] == ["Bo", "Ida"]
    assert step.after.name == "Kulturhuset"


def test_a_blank_cell_erases_nothing_and_a_list_grows() -> None:
    after = only_change(planned(row(2, "Springbræt", keywords=("Lektier", "musik"))))
    assert after == replace(OURS, keywords=("lektier", "musik"))


def test_by_our_own_number_a_list_is_the_whole_list_and_a_name_may_change() -> None:
    change = row(2, "Springbræt Aarhus", id=1, keywords=("musik",))
    after = only_change(planned(change))
    assert (after.name, after.keywords) == ("Springbræt Aarhus", ("musik",))


def test_another_spelling_becomes_another_name_and_is_known_by_it_the_next_time() -> None:
    spelled = row(2, "Springbræt Aarhus", cvr="25313763", other_names=("SB", "springbræt"))
    after = only_change(planned(spelled))
    assert (after.name, after.other_names) == ("Springbræt", ("Springbræt Aarhus", "SB"))
    assert planned(spelled, register=(after, DANCE)).same == 1


def test_a_changed_address_of_the_same_person_is_changed() -> None:
    after = only_change(planned(row(2, "Springbræt", Person("Anne Holm", email="ah@sb.dk"))))
    assert after.people == (replace(ANNE, email="ah@sb.dk"),)


def test_persons_are_known_by_number_address_name_and_telephone() -> None:
    said = (
        Person("Anne H. Holm", id=11),
        Person(email="anne@springbraet.dk", title="formand"),
        Person("Anne Holm", title="formand"),
        Person(phone="+4533663000", title="formand"),
    )
    for person in said:
        after = only_change(planned(row(2, "Springbræt", person)))
        assert [one.id for one in after.people] == [11]


def test_two_names_at_one_mailbox_are_two_persons() -> None:
    other = Person("Bo Lind", email="anne@springbraet.dk")
    after = only_change(planned(row(2, "Springbræt", other)))
    assert [one.name for one in after.people] == ["Anne Holm", "Bo Lind"]


def test_the_only_person_without_a_name_is_the_one_meant() -> None:
    nameless = replace(DANCE, people=(ContactPerson(email="info@dans.dk", id=5),))
    mail = row(2, "Dansehallerne", Person(email="post@dans.dk"))
    after = only_change(planned(mail, register=(nameless,)))
    assert [one.id for one in after.people] == [5]
    named = row(2, "Dansehallerne", Person("Bo", email="bo@dans.dk"), Person("", id=77, note="x"))
    assert len(only_change(planned(named, register=(nameless,))).people) == 3


def test_the_same_again_is_the_same() -> None:
    said = row(2, "Springbræt", Person("Anne Holm", email="anne@springbraet.dk"), cvr="25313763")
    assert planned(said).counts == {
        "new": 0,
        "changed": 0,
        "same": 1,
        "doubtful": 0,
        "refused": 0,
    }


def test_a_step_inwards_is_active_again_unless_the_file_says_otherwise() -> None:
    resting = replace(DANCE, status=Status.RESTING)
    level = {"level": Level.COLLABORATION}
    after = only_change(planned(row(2, "Dansehallerne", **level), register=(resting,)))
    assert (after.level, after.status) == (Level.COLLABORATION, Status.ACTIVE)
    said = row(2, "Dansehallerne", **level, status=Status.ENDED)
    assert only_change(planned(said, register=(resting,))).status is Status.ENDED
    inside = replace(resting, level=Level.PARTNERSHIP)
    outwards = planned(row(2, "Dansehallerne", **level), register=(inside,))
    assert only_change(outwards).status is Status.RESTING


def test_what_is_under_way_is_not_moved_by_a_file() -> None:
    made = planned(row(2, "Dansehallerne", level=Level.PARTNERSHIP), busy=frozenset({2}))
    assert "under way" in made.refused[0].reasons[0].msgid


def test_one_in_the_archive_is_not_moved() -> None:
    away = replace(DANCE, archived=True)
    made = planned(row(2, "Dansehallerne", level=Level.PARTNERSHIP), register=(away,))
    assert "archive" in made.refused[0].reasons[0].msgid


def test_a_new_sponsor_has_no_place_in_the_circle() -> None:
    sponsor = {"relation_type": RelationType.SPONSOR, "level": Level.PARTNERSHIP}
    assert planned(row(2, "Banken", **sponsor)).new[0].after.level is Level.NETWORK


def test_a_date_without_its_step_is_refused_with_its_row() -> None:
    made = planned(row(4, "Kulturhuset", next_step_on=date(2026, 12, 1)))
    assert made.refused[0].number == 4
    assert "next step" in made.refused[0].reasons[0].msgid


def test_our_own_json_is_checked_like_a_form() -> None:
    bad = row(4, "Kulturhuset", cvr="123", ours=True)
    assert "CVR" in planned(bad).refused[0].reasons[0].msgid
    nothing = Record((4,), {"name": "Kulturhuset", "cvr": "123"}, ours=True)
    assert planned(nothing).refused[0].lines == (Line(4, ()),)


def test_a_last_contact_is_noted_where_it_is_the_latest_we_know_of() -> None:
    said = row(2, "Dansehallerne", last_contact=date(2024, 2, 1))
    assert planned(said).changed[0].last_contact == date(2024, 2, 1)
    assert planned(said, last={2: date(2024, 2, 1)}).same == 1
    assert planned(said, last={2: date(2023, 2, 1)}).counts["changed"] == 1
    assert planned(row(2, "Kulturhuset")).new[0].last_contact is None


def test_who_was_told_and_who_wishes_no_contact_is_noted_once() -> None:
    told = row(2, "Springbræt", Person("Anne Holm", told_on=date(2026, 1, 1), no_contact=True))
    (step,) = planned(told).changed
    assert step.told[0].told.told_on == date(2026, 1, 1)
    known = Standing(Information(date(2025, 1, 1), ""), no_contact=True)
    assert planned(told, standings={11: known}).same == 1


def test_a_word_that_was_not_understood_leaves_the_row_out_unless_somebody_takes_it() -> None:
    strange = Doubt("kind", "klub?", Reason("What is {value}?", {"value": "klub?"}), taken=False)
    said = row(2, "Kulturhuset", doubts=(strange,))
    made = planned(said)
    assert doubt(made) == "What is {value}?"
    assert len(planned(said, choice=Choice(unclear=True)).new) == 1


def test_refused_rows_are_in_the_order_of_the_file() -> None:
    no = Refused((Line(9, ()),), (Reason("No."),))
    made = planned(no, row(3, "", id=77))
    assert [one.number for one in made.left_out] == [3, 9]


def test_likely_one_of_the_same_file() -> None:
    made = planned(row(2, "Kulturhuset"), row(3, "Kulturhvset"), register=())
    assert made.doubtful[0].reasons[0].values == {"name": "Kulturhuset"}


def test_somebody_who_was_forgotten_does_not_come_back() -> None:
    gone = ContactPerson("Ida Bang", email="ida@bang.dk")
    hashes = tombstones("T01", DANCE, identifiers(gone, DANCE))
    ida, bo = Person("Ida Bang", no_contact=True), Person("Bo Lind", told_on=date(2026, 1, 1))
    said = row(2, "Dansehallerne", ida, bo)
    made = planned(said, forgotten=hashes)
    after = only_change(made)
    assert [person.name for person in after.people] == ["Bo Lind"]
    assert [one.place for one in made.changed[0].told] == [0]
    assert made.notes[0][0] == 2
    assert not planned(row(2, "Springbræt", area="x"), forgotten=hashes).notes


def test_a_forgotten_person_who_is_the_partner_does_not_come_back() -> None:
    herself = Partner("Ida Bang", kind=Kind.INDIVIDUAL)
    hashes = tombstones("T01", herself, ContactPerson("Ida Bang"))
    made = planned(row(2, "Ida Bang", kind=Kind.INDIVIDUAL), forgotten=hashes)
    assert "anonymised" in made.refused[0].reasons[0].msgid
    assert len(planned(row(2, "Bo Lind", kind=Kind.INDIVIDUAL), forgotten=hashes).new) == 1


GONE = ContactPerson("Ida Bang", email="ida@bang.dk", phone="+4533663000")


@pytest.mark.parametrize(
    "cells",
    [
        ("Dansehallerne", "Ida Bang"),
        ("Dansehallerne", "Ida", "Bang"),
        ("Et andet hus", "Kontakt", "ida@bang.dk, bo@dans.dk"),
        ("Et andet hus", "Ida Bang <IDA@bang.dk>"),
        ("Et andet hus", "'33 66 30 00 / 22 33 44 55", date(2026, 1, 1)),
        ('{"partner": {"name": "Dansehallerne", "id": 7, "people": [{"name": "Ida Bang"}]}}',),
        ('{"partner": {"people": [{"email": "ida@bang.dk"}',),
        tuple(f"Felt {n}" for n in range(100)),
    ],
)
def test_a_row_left_out_in_which_somebody_forgotten_stands_is_not_sent_again(
    cells: tuple[Cell, ...],
) -> None:
    hashes = tombstones("T01", DANCE, identifiers(GONE, DANCE))
    refused = Refused((Line(3, cells),), (Reason("Not “{value}”.", {"value": "Ida Bang"}),))
    other = Refused((Line(4, ("Kulturhuset", "Bo Lind", "bo@dans.dk")),), (Reason("No."),))
    hidden, shown = planned(refused, other, forgotten=hashes).left_out
    assert hidden.lines == (Line(3, ()),)
    assert "anonymised" in hidden.reasons[0].msgid
    assert not hidden.reasons[0].values
    assert shown == other
    assert planned(refused).left_out == (refused,)


def test_doubtful_and_forgotten_rows_are_not_sent_again_either() -> None:
    herself = Partner("Ida Bang", kind=Kind.INDIVIDUAL)
    hashes = tombstones("T01", herself, ContactPerson("Ida Bang"))
    doubtful = row(2, "Ida Bang", doubts=(Doubt("kind", "klub?", Reason("What?"), taken=False),))
    made = planned(doubtful, row(3, "Ida Bang", kind=Kind.INDIVIDUAL), forgotten=hashes)
    assert [one.lines for one in made.left_out] == [(Line(2, ()),), (Line(3, ()),)]


def test_the_digest_tells_plans_apart() -> None:
    one, other = planned(row(2, "Kulturhuset")), planned(row(2, "Kulturhuset", area="byen"))
    assert one.digest == planned(row(2, "Kulturhuset")).digest
    assert one.digest != other.digest
    assert one.digest != planned(row(2, "Kulturhuset"), row(3, "", id=77)).digest
    told = planned(row(2, "Kulturhuset", Person("Bo", told_on=date(2026, 1, 1))))
    assert told.digest != planned(row(2, "Kulturhuset", Person("Bo"))).digest
