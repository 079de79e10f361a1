from bot.round_voice import THE_PARTNER, forgotten, is_outside, of_person


def test_whose_answer_it_is_shows_in_its_voice() -> None:
    assert is_outside(THE_PARTNER)
    assert is_outside(of_person(17))
    assert not is_outside("U02")
    assert of_person(0) == THE_PARTNER


def test_who_is_forgotten_has_a_voice_that_leads_to_nobody() -> None:
    assert forgotten(["@17", "U02"]) == "@-1"
    assert forgotten(["@-1", "@-2"]) == "@-3"
