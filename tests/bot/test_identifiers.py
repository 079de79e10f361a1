from collections.abc import Callable

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from bot import identifiers
from bot.errors import UserError

ANY_TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    "typed",
    [
        "12345674",
        "12 34 56 74",
        "DK 12 34 56 74",
        "dk12345674",
        "CVR: 12345674",
        "CVR-nr. 12345674",
        "cvr nummer: DK-1234 5674",
        " 12.34.56.74\n",
    ],
)
def test_a_cvr_number_is_eight_digits(typed: str) -> None:
    assert identifiers.cvr(typed) == "12345674"


@pytest.mark.parametrize("typed", ["", "abc", "1234567", "123456745", "SE 12345674", "1٢345674"])
def test_a_cvr_number_of_another_length_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="eight digits") as refused:
        identifiers.cvr(typed)
    assert refused.value.field == "cvr"
    assert refused.value.values == {"value": typed}


@pytest.mark.parametrize("typed", ["12345675", "00000000", "21345674"])
def test_a_mistyped_cvr_number_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="mistyped"):
        identifiers.cvr(typed)


@given(st.integers(min_value=1_000_000, max_value=9_999_999), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_never_passes(stem: int, place: int, added: int) -> None:
    digits = next((f"{stem}{last}" for last in range(10) if _passes(f"{stem}{last}")), None)
    if digits is None:  # the check digit would have to be ten
        return
    other = str((int(digits[place]) + added) % 10)
    assert not _passes(digits[:place] + other + digits[place + 1 :])


def _passes(digits: str) -> bool:
    try:
        return identifiers.cvr(digits) == digits
    except UserError:
        return False


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("springbraet.dk", "https://springbraet.dk"),
        (" HTTP://Www.SpringBraet.DK/Om ", "http://www.springbraet.dk/Om"),
        ("https://springbraet.dk/", "https://springbraet.dk"),
        ("springbraet.dk:8080/a?b=c#d", "https://springbraet.dk:8080/a?b=c#d"),
        ("æbleø.dk/<!channel>|x y", "https://æbleø.dk/%3C!channel%3E%7Cx%20y"),
        ("xn--bleskiver-g3a.dk", "https://xn--bleskiver-g3a.dk"),
        ("kultur.xn--p1ai", "https://kultur.xn--p1ai"),
        ("\uff53pringbraet.dk", "https://springbraet.dk"),
    ],
)
def test_a_website_has_one_form(typed: str, address: str) -> None:
    assert identifiers.website(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "springbræt",
        "se springbraet.dk",
        "http://127.0.0.1",
        "http://[::1]",
        "http://[::1",
        "https://",
        "https://bo:kode@springbraet.dk",
        "springbraet.dk:99999",
        "spring..dk",
        "-spring.dk",
        "god.dk\\@ond.dk",
        "javascript:alert(1)",
        "javascript://springbraet.dk/%0aalert(1)",
        "mailto:anne@springbraet.dk",
        "ftp://springbraet.dk",
        "a." * 130 + "dk",
    ],
)
def test_what_is_no_website_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="not an address on the web") as refused:
        identifiers.website(typed)
    assert refused.value.field == "website"
    assert len(str(refused.value.values["value"])) <= 60


@given(ANY_TEXT)
def test_a_website_is_read_the_same_twice_and_cannot_leave_a_link(typed: str) -> None:
    for tried in (typed, f"springbraet.dk/{typed}"):
        try:
            address = identifiers.website(tried)
        except UserError:
            continue
        assert address.startswith(("https://", "http://"))
        assert not set(address) & set('<>|" \n')
        assert identifiers.website(address) == address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("anne@springbraet.dk", "anne@springbraet.dk"),
        (" Anne@SPRINGBRAET.dk ", "Anne@springbraet.dk"),
        ("Anne Holm <anne@springbraet.dk>", "anne@springbraet.dk"),
        ("mailto:anne@springbraet.dk", "anne@springbraet.dk"),
        ("åse@høj.dk", "åse@høj.dk"),
    ],
)
def test_a_mail_address_has_one_form(typed: str, address: str) -> None:
    assert identifiers.email(typed) == address


@pytest.mark.parametrize("typed", ["", "anne", "anne@", "anne@springbraet", "a@x.dk, b@x.dk"])
def test_what_is_no_mail_address_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="not an e-mail address") as refused:
        identifiers.email(typed)
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("21 43 65 87", "+4521436587"),
        ("2143-6587", "+4521436587"),
        ("Tlf.: 21436587", "+4521436587"),
        ("(+45) 21 43 65 87", "+4521436587"),
        ("0045 21436587", "+4521436587"),
        ("+46 (0)8 123 456 78", "+46812345678"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_a_telephone_number_is_kept_as_e164(typed: str, number: str) -> None:
    assert identifiers.phone(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        "12",
        "+",
        "+999 12 34 56 78",
        "2143658",
        "33 12 34 56 lok. 12",
        "21436587 (mobil)",
        "21436587 / 33123456",
    ],
)
def test_a_number_that_cannot_be_read_stays_as_written(typed: str) -> None:
    assert identifiers.phone(typed) == typed


@pytest.mark.parametrize("read", [identifiers.phone, identifiers.domain])
@given(typed=ANY_TEXT)
def test_forgiving_readers_never_raise(read: Callable[[str], str], typed: str) -> None:
    assert isinstance(read(typed), str)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.springbraet.dk/om?x=@y", "springbraet.dk"),
        ("SPRINGBRAET.dk", "springbraet.dk"),
        ("Anne <anne@springbraet.dk>", "springbraet.dk"),
        ("anne@mail.springbraet.dk", "mail.springbraet.dk"),
        ("xn--bleskiver-g3a.dk", "bæleskiver.dk"),
        ("xn--æ.dk", "xn--æ.dk"),
        ("anne@gmail.com", ""),
        ("bo@Live.dk", ""),
        ("https://www.facebook.com/springbraet", ""),
        ("springbræt", ""),
        ("", ""),
    ],
)
def test_the_domain_says_where_somebody_belongs(address: str, host: str) -> None:
    assert identifiers.domain(address) == host


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+4521436587", "21 43 65 87"),
        ("+46812345678", "+46 8 123 456 78"),
        ("86 12 34 56 lok. 17", "86 12 34 56 lok. 17"),
        ("+1", "+1"),
        ("", ""),
    ],
)
def test_a_number_is_shown_as_people_write_it(stored: str, shown: str) -> None:
    assert identifiers.phone_shown(stored) == shown


LABELS = st.text(alphabet="abz09æøå-", min_size=1, max_size=34)
HOSTS = st.tuples(st.lists(LABELS, min_size=1, max_size=4), st.sampled_from(["dk", "com", "de"]))
LOCALS = st.text(alphabet="abz09æøå._+-", min_size=1, max_size=24)


@given(LOCALS, HOSTS.map(lambda host: ".".join((*host[0], host[1]))))
def test_an_everyday_mail_address_is_what_the_library_takes_it_for(local: str, host: str) -> None:
    try:
        ours = identifiers.email(f"{local}@{host}")
    except UserError:
        return
    read = validate_email(f"{local}@{host}", check_deliverability=False)
    assert ours == read.normalized


@given(HOSTS.map(lambda host: ".".join((*host[0], host[1]))))
def test_an_everyday_host_is_the_same_written_in_another_way(host: str) -> None:
    try:
        plain = identifiers.website(host)
    except UserError:
        with pytest.raises(UserError):
            identifiers.website(f"HTTPS://{host}/")
    else:
        assert identifiers.website(f"HTTPS://{host}/") == plain
        assert identifiers.domain(f"HTTPS://{host}/") == identifiers.domain(host)
