"""The persons of a row put together with those on the card."""

from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.guard import NOTE_LENGTH
from bot.import_people import joined, same_mails
from bot.import_record import Person
from bot.partner import ContactPerson

ANNE = ContactPerson("Anne Holm", email="anne@kor.dk", note="Ring først", id=11)


def note(person: Person, known: ContactPerson = ANNE) -> str:
    (found,), _ = joined((known,), (person,), "liste.csv")
    return found.note


def test_a_note_comes_below_the_one_that_stands_there() -> None:
    said = Person("Anne Holm", note="Har nøgle")
    assert note(said) == "Ring først\n\nHar nøgle"
    assert note(said, replace(ANNE, note="")) == "Har nøgle"
    assert note(Person("Anne Holm", note="ring  FØRST")) == "Ring først"
    assert note(Person("Anne Holm", title="formand")) == "Ring først"


def test_the_same_file_again_adds_nothing_to_a_note() -> None:
    said = Person("Anne Holm", note="Har nøgle")
    once, _ = joined((ANNE,), (said,), "liste.csv")
    assert joined(once, (said,), "liste.csv")[0] == once


def test_by_our_own_number_it_is_the_whole_note() -> None:
    assert note(Person("Anne Holm", note="Har nøgle", id=11)) == "Har nøgle"


def test_two_notes_too_long_together_are_refused() -> None:
    with pytest.raises(UserError, match="no room"):
        note(Person("Anne Holm", note="x" * NOTE_LENGTH))


def test_of_two_rows_of_a_new_person_both_notes_are_kept() -> None:
    rows = (Person("Bo Lind", note="Kun mandag"), Person("Bo Lind", note="Har nøgle"))
    (bo,), _ = joined((), rows, "liste.csv")
    assert bo.note == "Kun mandag\n\nHar nøgle"


def test_a_second_person_with_the_same_mail_is_worth_a_look() -> None:
    people, _ = joined((ANNE,), (Person("Bo Lind", email="ANNE@kor.dk"), Person("Carl")), "x")
    (told,) = same_mails((ANNE,), people)
    assert told.values == {"one": "Anne Holm", "other": "Bo Lind", "mail": "ANNE@kor.dk"}
    both = (ANNE, replace(ANNE, name="Bo Lind", id=12))
    assert same_mails(both, both) == ()
