import pytest

from bot.partner import Hit, Kind, Partner, meant, name_in_channel

MUSEUM = Hit(1, "Byens Museum")
THEATRE = Hit(2, "Byens Teater", exact=True)
ELSEWHERE = Hit(3, "Skatklubben ved byens museum")


@pytest.mark.parametrize(
    ("words", "hits", "one"),
    [
        ("byens teater", [MUSEUM, THEATRE], THEATRE),
        ("Byéns M", [MUSEUM, ELSEWHERE], MUSEUM),
        ("byens", [MUSEUM, Hit(2, "Byens Teater")], None),
        ("byens teater", [THEATRE, Hit(4, "Byens Teater", exact=True)], None),
        ("museum", [MUSEUM, ELSEWHERE], None),
        ("museum", [], None),
    ],
)
def test_words_mean_a_partner_by_its_name_or_the_beginning_of_one_name_only(
    words: str, hits: list[Hit], one: Hit | None
) -> None:
    assert meant(words, hits) == one


def test_an_individual_is_not_named_in_a_channel() -> None:
    assert name_in_channel(Partner("Springbræt")) == "Springbræt"
    assert name_in_channel(Partner("Carla Winther", kind=Kind.INDIVIDUAL)) == ""
