from dataclasses import replace
from email.utils import getaddresses

import pytest
import vobject

from bot.export import Entry, Format, Wanted
from bot.partner import ContactPerson, Partner
from tests.bot.export_entries import ANNE, CARLA, PAPER, WHOLE, written


def lines(*entries: Entry, unwilling: frozenset[str] = frozenset()) -> list[str]:
    paper = replace(PAPER, unwilling=unwilling)
    return written(Wanted(Format.MAIL), *entries, paper=paper)[0].decode().splitlines()


def at(name: str, *people: ContactPerson) -> Entry:
    return Entry(Partner(name, id=30, people=people))


def test_cards_are_read_by_others() -> None:
    content, to = written(Wanted(Format.VCARD), WHOLE, CARLA)
    (card,) = vobject.readComponents(content.decode())
    assert card.version.value == "3.0"
    assert card.fn.value == "Anne Holm"
    assert (card.n.value.given, card.n.value.family) == ("Anne", "Holm")
    assert card.org.value == ["Foreningen Springbræt"]
    assert (card.title.value, card.email.value) == ("formand", "anne@springbraet.dk")
    assert (card.tel.value, card.url.value) == ("+4533663000", "https://springbraet.dk")
    assert "nøglen" not in content.decode()
    assert to.counts == {"cards": 1}


def test_a_card_survives_what_people_type_and_is_folded() -> None:
    odd = ContactPerson("Åse; \\Ørsted,\nBEGIN:VCARD", "æ" * 200, "aase@x.dk")
    content, _ = written(Wanted(Format.VCARD), at("A;B,C", odd, ContactPerson(phone="+4512345678")))
    first, second = vobject.readComponents(content.decode())
    assert first.fn.value == "Åse; \\Ørsted, BEGIN:VCARD"
    assert (first.org.value, first.title.value) == (["A;B,C"], "æ" * 200)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert second.fn.value == "+4512345678"


def test_cards_leave_out_an_address_whose_owner_wishes_no_contact_elsewhere() -> None:
    paper = replace(PAPER, unwilling=frozenset({"anne@springbraet.dk"}))
    content, to = written(Wanted(Format.VCARD), WHOLE, paper=paper)
    assert content == b""
    assert not to.counts


def test_an_address_comes_once_and_not_of_those_who_wish_no_contact() -> None:
    again = replace(ANNE, name="Anne H.", email="Anne@Springbraet.dk")
    nobody = ContactPerson("Uden Mail", phone="+4512345678")
    assert lines(WHOLE, at("Dansehallerne", again, nobody)) == ["Anne Holm <anne@springbraet.dk>;"]
    assert lines(WHOLE, unwilling=frozenset({"anne@springbraet.dk"})) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Åse Ørsted", "Åse Ørsted <a@b.dk>;"),
        ("Holm, Anne", '"Holm, Anne" <a@b.dk>;'),
        ('Anne "Ane" \\Holm', '"Anne \\"Ane\\" \\\\Holm" <a@b.dk>;'),
        ("A\r\nB <x@y.dk>; C", '"A B <x@y.dk>; C" <a@b.dk>;'),
        ("", "Springbræt <a@b.dk>;"),
    ],
)
def test_a_name_is_quoted_where_outlook_would_stumble(name: str, line: str) -> None:
    (found,) = lines(at("Springbræt", ContactPerson(name, email="a@b.dk")))
    assert found == line
    assert [address for _, address in getaddresses([found.rstrip(";")])] == ["a@b.dk"]
