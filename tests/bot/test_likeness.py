import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.likeness import Reason, likely_same
from bot.partner import ContactPerson, Partner


def with_mail(name: str, mail: str, number: int = 0) -> Partner:
    return Partner(name, id=number, people=(ContactPerson("Anne", email=mail),))


@pytest.mark.parametrize(
    ("mine", "other", "reason"),
    [
        (Partner("Huset", cvr="12345674"), Partner("Kælderen", cvr="12345674"), Reason.CVR),
        (
            Partner("Huset", website="https://www.huset.dk/om"),
            Partner("Kælderen", website="http://huset.dk"),
            Reason.WEBSITE,
        ),
        (
            Partner("Huset", website="https://facebook.com/Huset/"),
            Partner("Kælderen", website="http://www.facebook.com/huset"),
            Reason.WEBSITE,
        ),
        (Partner("Foreningen Springbræt"), Partner("SPRINGBRAET"), Reason.NAME),
        (Partner("Springbræt ApS"), Partner("Springbræt v/ Bo Lind"), Reason.NAME),
        (Partner("Lektiehuset"), Partner("Spring", other_names=("Lektiehuset",)), Reason.NAME),
        (with_mail("Huset", "bo@huset.dk"), with_mail("Kuno", "ib@HUSET.dk"), Reason.MAIL_DOMAIN),
        (Partner("Springbræt"), Partner("Springbret"), Reason.SIMILAR_NAME),
        (Partner("Springbræt"), Partner("Springbrættet"), Reason.SIMILAR_NAME),
        (Partner("Repair Café Vest"), Partner("RepairCafe Vest"), Reason.SIMILAR_NAME),
        (Partner("Byens Museum"), Partner("Museum Byens"), Reason.SIMILAR_NAME),
    ],
)
def test_one_organisation_is_seen_in_two_spellings(
    mine: Partner, other: Partner, reason: Reason
) -> None:
    [like] = likely_same(mine, [Partner("Noget helt andet"), other])
    assert like.partner == other
    assert like.reason == reason
    assert 0 < like.score <= 1


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        (Partner("Springbræt"), Partner("Kodeklubben Nord")),
        (Partner("Bos"), Partner("Bo")),
        (Partner("Huset", cvr=""), Partner("Kælderen", cvr="")),
        (with_mail("Huset", "bo@gmail.com"), with_mail("Kælderen", "ib@gmail.com")),
        (
            Partner("Huset", website="https://facebook.com/huset"),
            Partner("Kælderen", website="https://facebook.com/kaelderen"),
        ),
        (Partner(""), Partner("")),
    ],
)
def test_two_organisations_stay_two(mine: Partner, other: Partner) -> None:
    assert likely_same(mine, [other]) == []


def test_a_mail_domain_of_many_says_nothing() -> None:
    schools = [with_mail(name, "x@kommune.dk") for name in ("Nord", "Syd", "Østre", "Vestre")]
    assert likely_same(with_mail("Havnen", "x@kommune.dk"), schools) == []
    assert len(likely_same(with_mail("Havnen", "x@kommune.dk"), schools[:3])) == 3


def test_the_likeliest_comes_first() -> None:
    similar, same_name = Partner("Springbret", id=1), Partner("Springbræt", id=2)
    same_cvr = Partner("Huset", cvr="12345674", id=3)
    probe = Partner("Springbræt", cvr="12345674")
    found = likely_same(probe, [similar, same_name, same_cvr])
    assert [like.partner.id for like in found] == [3, 2, 1]


def test_a_partner_is_not_like_itself() -> None:
    stored = Partner("Springbræt", id=7)
    assert likely_same(stored, [stored]) == []
    assert len(likely_same(Partner("Springbræt"), [Partner("Springbræt")])) == 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_mutual(one: str, another: str) -> None:
    there = likely_same(Partner(one), [Partner(another)])
    back = likely_same(Partner(another), [Partner(one)])
    assert [(like.reason, like.score) for like in there] == [
        (like.reason, like.score) for like in back
    ]
