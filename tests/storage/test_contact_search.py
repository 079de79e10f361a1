from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.contact import Acquaintance, Colleague, Contact, Kind
from bot.contact_line import guess_partner, lead_words, split
from bot.partner import ContactPerson, Partner, Tie
from storage import contact, partner
from storage.contact_search import mentioned, named, who_knows
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)

HOUSE = (
    Partner(
        "Springbræt",
        keywords=("lektiehjælp",),
        people=(ContactPerson("Anne Holm", source="mail"), ContactPerson("Bo", source="mail")),
        responsible="U02",
        known_by=("U03",),
    ),
    Partner("Springbrættet Svømmeklub"),
    Partner("Byens Museum", other_names=("Det Gamle Rådhus", "Museet")),
    Partner("Ørestad Gymnasium ApS", note="vi lånte lektiehjælpens lokale"),
    Partner("Foreningen Norden"),
    Partner("Lektiehuset", archived=True),
)


@pytest.fixture
async def house(store: Store) -> dict[str, int]:
    stored = [await store.write(partner.add, "T1", one, by="U01", now=NOW) for one in HOUSE]
    return {one.name: one.id for one in stored}


async def noted(
    store: Store, partner_id: int, about: str, by: str = "U02", on: date = TODAY
) -> Contact:
    new = Contact(partner_id, Kind.TALKED, on, by, NOW, about=about)
    return await store.write(contact.note, "T1", new)


async def found(store: Store, query: str, limit: int = 5) -> list[str]:
    known = await store.read(who_knows, "T1", query, limit=limit)
    return [one.hit.name for one in known]


# Who knows whom


async def test_who_knows_them_and_what_was_it_about(store: Store, house: dict[str, int]) -> None:
    springbraet = house["Springbræt"]
    await noted(store, springbraet, "for længst", on=TODAY - 90 * DAY)
    mettes = await noted(store, springbraet, "lektiecaféen", on=TODAY - 7 * DAY)
    sofies = await noted(store, springbraet, "foråret", by="U04", on=TODAY - 30 * DAY)
    undone = await noted(store, springbraet, "fejl")
    await store.write(contact.undo, "T1", undone.id, now=NOW)
    (known,) = [
        one for one in await store.read(who_knows, "T1", "springbræt") if one.hit.id == springbraet
    ]
    assert known == Acquaintance(
        hit=known.hit,
        colleagues=(
            Colleague("U02", Tie.RESPONSIBLE, mettes),
            Colleague("U03", Tie.KNOWS, None),
            Colleague("U04", None, sofies),
        ),
        people=2,
        about=None,
    )
    assert known.hit.exact


async def test_a_partner_is_found_by_what_contacts_were_about(
    store: Store, house: dict[str, int]
) -> None:
    await noted(store, house["Byens Museum"], "Kulturnatten og børnene", on=TODAY - DAY)
    last = await noted(store, house["Byens Museum"], "kulturnatten", by="U03")
    await noted(store, house["Foreningen Norden"], "kulturnatten", on=TODAY - 2 * DAY)
    (museum, norden) = await store.read(who_knows, "T1", "kulturnat")
    assert (museum.hit.name, norden.hit.name) == ("Byens Museum", "Foreningen Norden")
    assert museum.about == last
    assert [one.user for one in museum.colleagues] == ["U03", "U02"]
    assert await found(store, "kulturnatten børnene") == ["Byens Museum"]
    assert await found(store, "kulturnatten lektier") == []


async def test_names_come_before_keywords_topics_and_notes(
    store: Store, house: dict[str, int]
) -> None:
    await noted(store, house["Foreningen Norden"], "lektiehjælp i hjemmet")
    assert await found(store, "lektiehjælp") == [
        "Springbræt",
        "Foreningen Norden",
        "Ørestad Gymnasium ApS",
    ]
    assert await found(store, "lektiehjælp", limit=2) == ["Springbræt", "Foreningen Norden"]
    assert await found(store, "lektie") == [
        "Springbræt",
        "Foreningen Norden",
        "Ørestad Gymnasium ApS",
        "Lektiehuset",
    ]


async def test_an_undone_contact_is_no_topic(store: Store, house: dict[str, int]) -> None:
    gone = await noted(store, house["Foreningen Norden"], "drageflyvning")
    assert await found(store, "drageflyvning") == ["Foreningen Norden"]
    await store.write(contact.undo, "T1", gone.id, now=NOW)
    assert await found(store, "drageflyvning") == []


async def test_a_name_found_by_both_ways_stands_once_with_its_topic(
    store: Store, house: dict[str, int]
) -> None:
    topic = await noted(store, house["Foreningen Norden"], "norden i litteraturen")
    (norden,) = await store.read(who_knows, "T1", "norden")
    assert norden.hit.exact
    assert norden.about == topic


@pytest.mark.parametrize("query", ["", "???", "kvantefysik", "%", "' OR 1=1"])
async def test_nobody_is_an_empty_list(store: Store, house: dict[str, int], query: str) -> None:
    assert house
    assert await found(store, query) == []


async def test_another_library_knows_nobody(store: Store, house: dict[str, int]) -> None:
    await noted(store, house["Springbræt"], "foråret")
    assert await store.read(who_knows, "T2", "springbræt") == []
    assert await store.read(who_knows, "T2", "foråret") == []
    assert await store.read(named, "T2", ["springbræt"]) == []
    assert await store.read(mentioned, "T2", "springbræt") == []


# Names at the beginning of a line


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("springbræt talte med Anne", [("Springbræt", "talte med Anne")]),
        ("spring talte", [("Springbræt", "talte"), ("Springbrættet Svømmeklub", "talte")]),
        ("springbrat talte", [("Springbræt", "talte")]),
        ("sprnigbræt talte", [("Springbræt", "talte")]),
        ("byens museum: skrev", [("Byens Museum", "skrev")]),
        ("byens mus skrev", [("Byens Museum", "skrev")]),
        ("det gamle rådhus skrev", [("Byens Museum", "skrev")]),
        ("det gamle skrev", [("Byens Museum", "skrev")]),
        ("museet", [("Byens Museum", "")]),
        ("ørestad gymnasium mail", [("Ørestad Gymnasium ApS", "mail")]),
        ("norden mail", [("Foreningen Norden", "mail")]),
        ("foreningen norden mail", [("Foreningen Norden", "mail")]),
        ("lektiehuset mail", []),  # archived
        ("med Anne", []),
        ("Anne Holm ringede", []),  # a person of theirs is no name of the organisation
        ("", []),
    ],
)
async def test_a_line_finds_its_partner(
    store: Store, house: dict[str, int], line: str, readings: Sequence[tuple[str, str]]
) -> None:
    names = await store.read(named, "T1", lead_words(line))
    by_id = {partner_id: name for name, partner_id in house.items()}
    found = [(by_id[one.partner_id], one.text) for one in split(line, names)]
    assert sorted(found) == sorted(readings)


async def test_a_whole_name_is_found_among_many_that_begin_so(store: Store) -> None:
    for n in range(40):
        new = Partner(f"Aktiv {n:02}", other_names=(f"Sport {n:02}",))
        await store.write(partner.add, "T1", new, by="U01", now=NOW)
    for name in ("Aktiv", "Zebra"):
        await store.write(
            partner.add, "T1", Partner(name, other_names=("Sport Z",)), by="U01", now=NOW
        )
    for line, count in (("aktiv talte", 1), ("aktiv 39 talte", 1), ("sport 39 talte", 1)):
        names = await store.read(named, "T1", lead_words(line))
        assert len(split(line, names)) == count, line


# Names in a message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hej. Anne fra Springbræt spørger, om vi kan låne scenen", "Springbræt"),
        ("anne@springbraet.dk", "Springbræt"),
        ("mødtes med Byens Museum i går", "Byens Museum"),
        ("Det gamle rådhus holder åbent", "Byens Museum"),
        ("Ørestad Gymnasium", "Ørestad Gymnasium ApS"),
        ("svømmeklub", None),
        ("Lektiehuset", None),
        ("ingenting", None),
        ("", None),
    ],
)
async def test_a_message_finds_its_partner(
    store: Store, house: dict[str, int], text: str, name: str | None
) -> None:
    names = await store.read(mentioned, "T1", text)
    assert guess_partner(text, names) == (house[name] if name else None)


async def test_a_word_that_many_names_share_brings_none_of_them(store: Store) -> None:
    for n in range(6):
        new = Partner(f"Biblioteket {n}")
        await store.write(partner.add, "T1", new, by="U01", now=NOW)
    assert await store.read(mentioned, "T1", "biblioteket er åbent") == []
    assert [name for _, name in await store.read(mentioned, "T1", "biblioteket 3")] == [
        "Biblioteket 3"
    ]


async def test_the_longest_message_is_read(store: Store, house: dict[str, int]) -> None:
    text = "Springbræt " + " ".join(f"ord{n}" for n in range(5000))
    assert (house["Springbræt"], "Springbræt") in await store.read(mentioned, "T1", text)


async def test_a_contact_moved_to_another_partner_is_found_there(
    store: Store, house: dict[str, int]
) -> None:
    wrong = await noted(store, house["Springbræt"], "drageflyvning")
    right = replace(wrong, partner_id=house["Foreningen Norden"])
    await store.write(contact.change, "T1", right, by="U02")
    assert await found(store, "drageflyvning") == ["Foreningen Norden"]
