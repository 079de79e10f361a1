import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation_mail import LAST_QUESTION, numbered
from bot.evaluation_paste import Reading, Unclear, parse
from bot.evaluation_questions import LAST, SCALES, Answers, Instrument, shipped
from bot.evaluation_words import ANSWERS
from bot.translation import Translator
from bot.workspace import Language

COLLABORATION = shipped().get("collaboration")
PARTNERSHIP = shipped().get("partnership")
EASY, ROLES, FORWARD, AGREED, DIFFERENCE, WORTH = (one.id for one in COLLABORATION.questions)
DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)
LAST_TEXTS = [DANISH(LAST_QUESTION), ENGLISH(LAST_QUESTION)]


def read(text: str, instrument: Instrument = COLLABORATION) -> Reading:
    return parse(text, instrument, LAST_TEXTS)


@pytest.mark.parametrize(
    ("line", "answer", "note"),
    [
        ("1: 4", "4", ""),
        ("1) 4 fordi vi kender hinanden", "4", "fordi vi kender hinanden"),
        ("1. 4", "4", ""),
        ("1.4", "4", ""),
        ("1 4", "4", ""),
        ("1 - 4", "4", ""),
        ("1 – ved ikke", "unknown", ""),
        ("Spørgsmål 1 4", "4", ""),
        ("spm. 1: 4", "4", ""),
        ("Question 1: 4", "4", ""),
        ("#1 4", "4", ""),
        ("(1) 4", "4", ""),
        ("• 1: 4", "4", ""),
        ("1 = 4", "4", ""),
        ("1: 4/5", "4", ""),
        ("1: 4 / 5, fint", "4", "fint"),
        ("1: 4.", "4", ""),
        ("1: *4*", "4", ""),
        ("1: nej, slet ikke", "1", ""),
        ("1: Slet ikke – I svarer aldrig", "1", "I svarer aldrig"),
        ("1: kun lidt", "2", ""),
        ("1: Nogenlunde.", "3", ""),
        ("1: ja, for det meste", "4", ""),
        ("1: Ja, helt", "5", ""),
        ("1: det ved vi ikke", "unknown", ""),
        ("1: ?", "unknown", ""),
        ("1: I don\u2019t know", "unknown", ""),
        ("1: yes, mostly", "4", ""),
        ("1: 4 · Ja, for det meste", "4", ""),
        ("1: 4 (ja, for det meste) fordi", "4", "fordi"),
        ("1. Er det let at arbejde sammen? 4 fordi", "4", "fordi"),
        ("1. Is it easy to work together? 4", "4", ""),
        ("1. Er det let at arbejde sammen? (1-5) 4", "4", ""),
        ("1. Er det let at arbejde sammen? (1-5): 4 fordi", "4", "fordi"),
        ("1: fire", "4", ""),
        ("1: To.", "2", ""),
        ("1) én af fem", "1", ""),
        ("1 – fem, fordi I lytter", "5", "fordi I lytter"),
        ("1: tre fordi", "3", "fordi"),
        ("1: four", "4", ""),
        ("1: 4 (fire)", "4", ""),
    ],
)
def test_an_answer_as_people_write_it(line: str, answer: str, note: str) -> None:
    reading = read(line)
    assert reading.answers == {EASY: answer}
    assert reading.notes == ({EASY: note} if note else {})
    assert not reading.unclear
    assert not reading.unread


@pytest.mark.parametrize(
    "said",
    [
        "7",
        "0",
        "3-4",
        "4,5",
        "4½",
        "ja",
        "nej",
        "godt",
        "42",
        "1, ja, helt",
        "2/3",
        "tre til fire",
        "4 til 5",
        "4 eller 7",
        "to/tre",
        "en god tid",
        "2 (tre)",
    ],
)
def test_what_is_no_answer_is_named_and_not_guessed(said: str) -> None:
    assert read(f"2: {said}") == Reading(unclear=(Unclear(2, (said,)),))


@pytest.mark.parametrize(
    ("said", "two"),
    [
        ("1 eller 2", ("1", "2")),
        ("1 (eller 2)", ("1", "2")),
        ("4, eller 3 fordi", ("4", "3 fordi")),
        ("tre eller fire", ("tre", "fire")),
        ("kun lidt eller nogenlunde", ("kun lidt", "nogenlunde")),
        ("4 or 5", ("4", "5")),
        ("1 eller 2 eller 3", ("1", "2", "3")),
    ],
)
def test_one_or_another_is_no_answer_and_both_are_told(said: str, two: tuple[str, ...]) -> None:
    assert read(f"6. {said}") == Reading(unclear=(Unclear(6, two),))


@pytest.mark.parametrize(
    ("said", "note"),
    [("4 eller deromkring", "eller deromkring"), ("4 til en start", "til en start")],
)
def test_an_answer_with_a_word_behind_it_is_one(said: str, note: str) -> None:
    assert read(f"6. {said}") == Reading({WORTH: "4"}, {WORTH: note})


@pytest.mark.parametrize(
    "line", ["2 timer var nok", "9: 4", "86 12 34 56", "24. november", "4", "0: 3"]
)
def test_what_belongs_to_no_question_is_handed_back(line: str) -> None:
    assert read(line) == Reading(unread=(line,))


def test_half_of_them_in_any_order_and_on_one_line() -> None:
    reading = read("6: 5, 2) 3; 4: 1")
    assert reading == Reading({ROLES: "3", AGREED: "1", WORTH: "5"})


def test_two_that_disagree_are_both_told_and_two_that_agree_are_one() -> None:
    reading = read("2: 3\n2: 4 nej vent\n3: 5\n3: ja, helt\n4: 2\n4: syv")
    assert reading.answers == {FORWARD: "5"}
    assert reading.unclear == (Unclear(2, ("3", "4 nej vent")), Unclear(4, ("2", "syv")))
    assert reading.notes == {ROLES: "nej vent"}


def test_a_remark_goes_on_until_an_empty_line() -> None:
    reading = read("1: 4 fordi vi\nkender hinanden\n\nog så videre\n2: 3\nAnne")
    assert reading.answers == {EASY: "4", ROLES: "3"}
    assert reading.notes == {EASY: "fordi vi\nkender hinanden"}
    assert reading.unread == ("og så videre", "Anne")


@pytest.mark.parametrize(
    "goodbye",
    [
        "Venlig hilsen",
        "Med venlig hilsen",
        "Mange hilsner",
        "Bedste hilsner",
        "De bedste hilsner,",
        "Varme hilsner fra",
        "Med de venligste hilsner",
        "Mange gode sommerhilsner",
        "Alt godt!",
        "Mvh.",
        "KH Anne",
        "--",
        "Best regards",
    ],
)
def test_a_signature_is_no_answer(goodbye: str) -> None:
    reading = read(f"6: 5\n{goodbye}\nAnne\n2. sal\n1: 4\n86 12 34 56")
    assert reading.answers == {WORTH: "5"}
    assert reading.unread == (goodbye, "Anne", "2. sal", "1: 4", "86 12 34 56")


@pytest.mark.parametrize(
    "name", ["Rasmus", "Rasmus Klintholm", "Anne-Marie af Rosenborg", "J. P. O\u2019Brien"]
)
def test_a_bare_name_below_the_last_remark_is_no_remark(name: str) -> None:
    mail = f"6: 5\n7: flere koncerter\n\n{name}\nByorkestret\nTlf. 33 12 44 55"
    reading = read(mail)
    assert reading.notes == {LAST: "flere koncerter"}
    assert reading.unread == (name, "Byorkestret", "Tlf. 33 12 44 55")


@pytest.mark.parametrize(
    "reached", ["Tlf. 33 12 44 55", "+45 33124455", "mobil: 33124455", "rasmus@byorkestret.example"]
)
def test_how_to_reach_somebody_is_no_remark(reached: str) -> None:
    reading = read(f"7: flere koncerter\n{reached}\nByorkestret")
    assert reading.notes == {LAST: "flere koncerter"}
    assert reading.unread == (reached, "Byorkestret")


@pytest.mark.parametrize(
    "more", ["Flere koncerter for børn", "Og Rasmus Klintholm var god.", "Koncerter i 2027"]
)
def test_more_of_the_last_remark_is_no_name(more: str) -> None:
    assert read(f"7: Mere musik\n\n{more}").notes == {LAST: f"Mere musik\n{more}"}


@pytest.mark.parametrize(
    "above",
    [
        "Den 24. nov. 2026 kl. 10.12 skrev Mette <mette@byen.example>:",
        "On 24 Nov 2026 Mette <mette@byen.example> wrote:",
        "-----Oprindelig meddelelse-----",
        "________________________________",
        "Fra: Mette <mette@byen.example>",
    ],
)
def test_our_own_mail_below_is_left_out(above: str) -> None:
    mail = "\n".join(numbered(DANISH, COLLABORATION, "biblioteket"))
    assert read(f"1: 4\n\n{above}\n{mail}\n5: 3") == Reading({EASY: "4"})


def test_answers_in_between_and_beside_the_quoted_questions() -> None:
    reading = read(
        "> 1. Er det let at arbejde sammen?\n\n4 ja, for det meste\n"
        "> 2. Ved alle, hvem der gør hvad?\n2\nIngen ved det\n"
        "> 3. Kommer vi fremad, som vi havde tænkt? 5\n"
        "> 4. Bliver det, vi aftaler,\n> også til noget?\n3\n"
        "> 5. Gør det en forskel for dem, det er lavet til?\n> hilsen Mette\n\nHej\n"
    )
    assert reading.answers == {EASY: "4", ROLES: "2", FORWARD: "5", AGREED: "3"}
    assert reading.notes == {ROLES: "Ingen ved det"}
    assert reading.unread == ("Hej",)


def test_the_number_by_itself_and_the_answer_below() -> None:
    assert read("1.\n4\n2.\n5\n3)\n\nved ikke") == Reading(
        {EASY: "4", ROLES: "5", FORWARD: "unknown"}
    )


def test_the_last_number_is_free_text_of_any_length() -> None:
    reading = read(f"7. {LAST_TEXTS[0]} Mere\n\n3 gange om året\n\nHilsen A")
    assert reading.notes == {LAST: "Mere\n3 gange om året"}
    assert reading.unread == ("Hilsen A",)
    assert read("7)\nIngenting") == Reading(notes={LAST: "Ingenting"})
    assert parse("7: frit", COLLABORATION).notes == {LAST: "frit"}


def test_the_criteria_are_answered_in_words() -> None:
    reading = read(
        "10: ja\n11: Nej, ikke endnu\n12: ikke endnu\n13: yes\n14: ved ikke\n15: 4", PARTNERSHIP
    )
    assert list(reading.answers.values()) == ["met", "not_yet", "not_yet", "met", "unknown"]
    assert reading.unclear == (Unclear(15, ("4",)),)


def test_a_name_in_a_question_is_part_of_it() -> None:
    reading = read("4. Kan vi regne med Byens Bibliotek? 2 desværre", PARTNERSHIP)
    assert reading == Reading({"rely": "2"}, {"rely": "desværre"})


@pytest.mark.parametrize("word", ["Møde", "møde!", "”møde”", "Et møde.", "meeting"])
def test_they_would_rather_meet(word: str) -> None:
    assert read(f"Hej\n\n{word}\n\nMvh").meets
    assert not read("Vi holdt et møde\n1: 4").meets


@pytest.mark.parametrize(
    "line",
    [
        "Vi vil hellere tage det på et møde. Hilsen Per",
        "Kan vi mødes om det i stedet?",
        "We would rather meet.",
    ],
)
def test_they_would_rather_meet_in_a_sentence(line: str) -> None:
    assert read(f"Hej\n\n{line}").meets
    assert not read(f"{line}\n1: 4").meets
    assert not read(f"{line}\n1: 7").meets


def test_our_own_words_about_meeting_are_not_theirs() -> None:
    ours = "Vil I hellere tage det, når vi ses, så svar bare ”møde”."
    assert not read(f"Hej\n\n{ours}").meets


@pytest.mark.parametrize(
    "line",
    [
        "6. Er udbyttet tiden værd? (1-5)",
        "> 6. Er udbyttet tiden værd? (1-5)",
        "6. … (1-5)",
        "6. ... (fra 1 til 5)",
    ],
)
def test_our_own_question_below_is_no_answer(line: str) -> None:
    assert read(f"1: 4\n{line}") == Reading({EASY: "4"})


@pytest.mark.parametrize("name", ["Anne", "Anne Holm", "Anne M. Holm"])
def test_a_contact_persons_name_right_below_the_last_remark_is_no_remark(name: str) -> None:
    def read_of(text: str) -> Reading:
        return parse(text, COLLABORATION, LAST_TEXTS, names=("Anne Holm", ""))

    reading = read_of(f"1: 4\n2: 3 fordi\ndet er svært\n{name}\n\nTlf. 86 12 34 56")
    assert reading.notes == {ROLES: "fordi\ndet er svært"}
    assert name in reading.unread
    assert read_of(f"2: 3 fordi\n{name}\ner rejst").notes == {ROLES: f"fordi\n{name}\ner rejst"}
    assert read_of("2: 3 fordi\nBo Lind").notes == {ROLES: "fordi\nBo Lind"}
    assert read_of("2: 3 fordi\nspørg Anne Holm").notes == {ROLES: "fordi\nspørg Anne Holm"}


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for instrument in (COLLABORATION, PARTNERSHIP):
        reading = parse(text, instrument, LAST_TEXTS)
        for key, answer in reading.answers.items():
            assert answer in ANSWERS[instrument.question(key).answers]


PIECES = st.sampled_from(
    [
        "1",
        "2",
        "7",
        "9",
        ":",
        ")",
        ".",
        " ",
        "\n",
        "> ",
        "4",
        "5/5",
        "ved ikke",
        "ja, helt",
        "Mvh",
        "fordi",
        "Er det let at arbejde sammen?",
        "Fra: ",
        ",",
        ";",
        "½",
        "-",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_pile_of_answers_is_too_strange(text: str) -> None:
    read(text)


@given(st.data())
def test_what_the_mail_asks_it_reads(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from(shipped().instruments))
    t = data.draw(st.sampled_from([DANISH, ENGLISH]))
    lines = numbered(t, instrument, "Byens Bibliotek")[:-1]
    given_answers, written = {}, []
    for line, question in zip(lines, instrument.questions, strict=True):
        scale = SCALES[question.answers]
        answer = data.draw(st.sampled_from([*scale.points, scale.unknown, None]))
        if answer is None:
            written.append(line)
            continue
        given_answers[question.id] = answer
        in_words = t(ANSWERS[question.answers][answer])
        figure = question.answers is Answers.FIVE and answer.isdecimal()
        said = data.draw(st.sampled_from([in_words, answer] if figure else [in_words]))
        written.append(
            data.draw(st.sampled_from([f"{line} {said}", f"{line.split('.')[0]}: {said}"]))
        )
    reading = parse("\n".join(data.draw(st.permutations(written))), instrument, LAST_TEXTS)
    assert reading == Reading(given_answers)
