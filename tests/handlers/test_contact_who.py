import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contact import Contact, Kind
from bot.partner import ContactPerson, Partner
from bot.partner import Kind as Sort
from storage import contact as contacts_of
from storage import partner as register_of
from storage.contact_who import QUESTION
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide

KNOW_THEM = "Jeg kender dem"
KNOW_SOMEBODY = "Jeg kender nogen"
READY: Json = {"coordinators": ("U01",), "partner_channel": "C01", "switched_on": True}


async def springbraet(library: Library) -> int:
    """A partner with two contact persons, known by two of us."""
    anne, bo = (ContactPerson(name, source="mail") for name in ("Anne Holm", "Bo Lind"))
    return await library.known(
        "Springbræt",
        keywords=("lektiehjælp",),
        people=(anne, bo),
        responsible="U02",
        known_by=("U03",),
    )


async def note(library: Library, number: int, about: str, by: str, days: int) -> None:
    now = library.house.clock.now()
    on = (now - timedelta(days=days)).date()
    contact = Contact(number, Kind.TALKED, on, by, now, about=about)
    await library.store.write(contacts_of.note, "T01", contact)


async def partner(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def answer(library: Library, words: str, user: str = "U02") -> str:
    await library.write(f"hvem {words}", user)
    return said(await library.message(user))


async def ask(library: Library, words: str, user: str = "U06", **more: str) -> Json:
    """Look for them, find nobody, and ask in the channel."""
    await library.write(f"hvem {words}", user)
    await library.press("Spørg i kanalen", user)
    if "initial_option" not in dict(elements(await library.view(user)))["who_about"]:
        more.setdefault("who_about", "partner")
    return await library.submit(more, user)


# Who knows them


async def test_who_knows_them_and_when_they_last_spoke(library: Library) -> None:
    number = await springbraet(library)
    await note(library, number, "lektiecaféen", "U02", days=1)
    shown = await answer(library, "springbraet")
    assert "Springbræt" in shown
    assert "kendes af @U02 (tovholder, sidst i går: ”lektiecaféen”) og @U03." in shown
    assert "Kontaktpersoner: 2." in shown
    assert "Anne" not in shown
    await library.press("Vis")
    assert "Springbræt er i vores netværk." in said(await library.message())


async def test_the_answer_is_seen_by_nobody_else_and_opens_nothing(library: Library) -> None:
    await springbraet(library)
    await answer(library, "springbræt")
    state = await library.state("U03")
    assert not [m for c in state["channels"] for m in c["messages"] if m["ephemeral"]]
    assert not (await library.state())["views"]


async def test_found_by_keyword_and_by_a_contact_person(library: Library) -> None:
    await springbraet(library)
    assert "Springbræt (lektiehjælp) kendes af" in await answer(library, "lektiehjælp")
    assert "Springbræt (Anne Holm) kendes af" in await answer(library, "Anne Holm")


async def test_found_by_what_a_colleague_noted(library: Library) -> None:
    number = await library.known("Byens Museum", known_by=("U08",))
    await note(library, number, "børnefestivalen til foråret", "U03", days=2)
    await note(library, number, "nøgler", "U03", days=0)
    shown = await answer(library, "børnefestival")
    assert "Byens Museum kendes af @U08 og @U03 (sidst i dag: ”nøgler”)." in shown
    assert "Emnet: ”børnefestivalen til foråret”, noteret af @U03 i " in shown


async def test_five_are_shown_and_then_how_to_narrow(library: Library) -> None:
    for n in range(6):
        await library.known(f"Kor {n}", known_by=("U03",))
    shown = await answer(library, "kor")
    assert shown.count("kendes af") == 5
    assert "Der er flere. Skriv et ord mere" in shown


async def test_without_words_a_small_form_asks(library: Library) -> None:
    await springbraet(library)
    await library.write("hvem")
    assert (await library.view())["title"]["text"] == "Hvem kender …?"
    assert (await library.submit({"who_words": "springbræt"}))["ok"]
    assert "Springbræt kendes af @U02" in said(await library.view())
    await library.press("Vis")
    assert "Springbræt er i vores netværk." in said(await library.view())


async def test_in_english(library: Library) -> None:
    await springbraet(library)
    await library.write("indstillinger", "U05")
    await library.submit({"language": "en"}, "U05")
    await library.close("U05")
    await library.write("who springbraet", "U05")
    shown = said(await library.message("U05"))
    assert "Springbræt is known by @U02 (responsible) and @U03. Contact persons: 2." in shown


async def test_nobody_found_offers_to_ask_and_to_add(library: Library) -> None:
    assert "Ingen har noteret, at de kender ”Pixelværket”." in await answer(library, "Pixelværket")
    await library.press("Tilføj dem")
    assert "Pixelværket" in said(await library.view())


async def test_in_the_register_but_known_by_nobody(library: Library) -> None:
    await library.known("Springbræt")
    assert "Ingen har noteret, at de kender Springbræt." in await answer(library, "Springbræt")
    await library.press("Jeg kender dem")
    assert "Kender dem: @U02" in said(await library.message())


# Asking the others


async def test_two_colleagues_answer_and_one_regrets(library: Library) -> None:
    await decide(library, **READY)
    number = await library.known("Springbræt")
    done = await ask(library, "Springbræt")
    assert "Du har spurgt i #partnerskaber." in said(await library.view("U06"))
    assert done["ok"]
    (message,) = await library.in_channel()
    assert "@U06 spørger: Er der nogen, der kender Springbræt?" in said(message)
    assert message["text"] == "Sofie spørger: Er der nogen, der kender Springbræt?"
    for user in ("U02", "U03"):
        await library.press_in_channel(KNOW_THEM, user)
        thanks = said(await library.message(user, "C01"))
        assert "Tak. Nu står du på kortet som en, der kender Springbræt." in thanks
    assert "@U02 og @U03 kender dem." in said((await library.in_channel())[0])
    assert (await partner(library, number)).known_by == ("U02", "U03")
    await library.press("Det var en fejl", "U02", "C01")
    assert "du står ikke længere på kortet" in said(await library.message("U02", "C01"))
    assert "@U03 kender dem." in said((await library.in_channel())[0])
    assert (await partner(library, number)).known_by == ("U03",)


async def test_regretting_leaves_what_was_there_before(library: Library) -> None:
    await decide(library, **READY)
    number = await springbraet(library)
    await ask(library, "Springbræt")
    await library.press_in_channel(KNOW_THEM, "U03")
    await library.press_in_channel(KNOW_THEM, "U03")
    assert "Du stod allerede på kortet" in said(await library.message("U03", "C01"))
    await library.press("Det var en fejl", "U03", "C01")
    assert "Du står stadig på kortet" in said(await library.message("U03", "C01"))
    assert "kender dem." not in said((await library.in_channel())[0]).split("Ét tryk")[0]
    assert (await partner(library, number)).known_by == ("U03",)


async def test_somebody_who_is_not_in_the_register_comes_into_it(library: Library) -> None:
    await decide(library, **READY)
    await ask(library, "Pixelværket")
    await library.press_in_channel(KNOW_THEM, "U03")
    thanks = said(await library.message("U03", "C01"))
    assert "Tak. Pixelværket er nu i registret" in thanks
    assert "@U03 kender dem." in said((await library.in_channel())[0])
    await library.press_in_channel(KNOW_THEM, "U02")
    shown = await answer(library, "pixelværket", "U07")
    assert "Pixelværket kendes af @U03 og @U02." in shown
    await library.press("Det var en fejl", "U03", "C01")
    assert "Pixelværket bliver i registret" in said(await library.message("U03", "C01"))
    assert "@U02 kender dem." in said((await library.in_channel())[0])


async def test_one_we_may_have_already_is_asked_about(library: Library) -> None:
    await decide(library, **READY)
    await ask(library, "Foreningen Springbræt Vest")
    number = await library.known("Springbræt Vest ApS")
    await library.press_in_channel(KNOW_THEM, "U03")
    view = await library.view("U03")
    assert "Vi har måske allerede: • Springbræt Vest ApS (samme navn)" in said(view)
    assert (await library.submit({}, "U03"))["ok"]
    assert "der kender Springbræt Vest ApS" in said(await library.view("U03"))
    assert (await partner(library, number)).known_by == ("U03",)
    assert "@U03 kender dem." in said((await library.in_channel())[0])


async def test_another_one_of_nearly_the_same_name_is_made(library: Library) -> None:
    await decide(library, **READY)
    await ask(library, "Foreningen Springbræt Vest")
    await library.known("Springbræt Vest ApS")
    await library.press_in_channel(KNOW_THEM, "U03")
    both = {"who_name": "Springbræt Vestby"}
    assert "Vælg en partner, eller skriv en" in str((await library.submit(both, "U03"))["errors"])
    new = {"partner_pick": None, "who_name": "Foreningen Springbræt Vest"}
    assert (await library.submit(new, "U03"))["ok"]
    assert "Foreningen Springbræt Vest er nu i registret" in said(await library.view("U03"))
    await library.press("Det var en fejl", "U03")
    assert "bliver i registret" in said(await library.view("U03"))


async def test_a_topic_is_answered_with_a_partner(library: Library) -> None:
    await decide(library, **READY | {"keywords": ("Robotter",)})
    number = await library.known("Kodeklubben Nord")
    await ask(library, "robotter")
    (message,) = await library.in_channel()
    assert "@U06 spørger: Hvem kender nogen, der arbejder med ”robotter”?" in said(message)
    await library.press_in_channel(KNOW_SOMEBODY, "U03")
    assert "Hvem arbejder med ”robotter”?" in said(await library.view("U03"))
    picked = await pick(library, "kode", "U03")
    assert (await library.submit({"partner_pick": picked}, "U03"))["ok"]
    await library.press_in_channel(KNOW_SOMEBODY, "U02")
    assert (await library.submit({"who_name": "Robotlauget"}, "U02"))["ok"]
    shown = said((await library.in_channel())[0])
    assert "Kodeklubben Nord kendes af @U03." in shown
    assert "Robotlauget kendes af @U02." in shown
    assert (await partner(library, number)).keywords == ("robotter",)
    assert "Robotlauget (robotter) kendes af @U02." in await answer(library, "robotter", "U07")
    await library.press("Det var en fejl", "U03")
    stored = await partner(library, number)
    assert (stored.keywords, stored.known_by) == ((), ())
    assert "Kodeklubben" not in said((await library.in_channel())[0])


async def test_a_new_name_like_one_we_have_is_looked_at_first(library: Library) -> None:
    await decide(library, **READY)
    await library.known("Kodeklubben Nord")
    await ask(library, "robotter", who_about="topic")
    await library.press_in_channel(KNOW_SOMEBODY, "U03")
    done = await library.submit({"who_name": "Kodeklubben Nordd"}, "U03")
    assert done["ok"]
    view = await library.view("U03")
    assert "Vi har måske allerede" in said(view)
    assert view["submit"]["text"] == "Opret alligevel"
    assert (await library.submit({}, "U03"))["ok"]
    assert "Kodeklubben Nordd er nu i registret" in said(await library.view("U03"))


async def pick(library: Library, words: str, user: str) -> str:
    view = await library.view(user)
    found = await library.control(
        "suggest",
        user=user,
        view_id=view["id"],
        action_id="partner_pick",
        block_id="partner_pick",
        value=words,
    )
    value: str = found["options"][0]["value"]
    return value


async def test_a_person_is_never_named_in_a_channel(library: Library) -> None:
    await decide(library, **READY)
    await springbraet(library)
    await library.known("Carla Winther", kind=Sort.INDIVIDUAL)
    for words in ("Anne Holm", "holm", "Anne Holm fra Springbræt", "Carla Winther"):
        done = await ask(library, "Ukendt", who_asked=words)
        assert "Det er en persons navn" in done["errors"]["who_asked"], words
        await library.close("U06")
    assert not await library.in_channel()


async def test_the_form_does_not_begin_with_a_persons_name(library: Library) -> None:
    await decide(library, **READY)
    await library.known("Carla Winther", kind=Sort.INDIVIDUAL)
    await answer(library, "Carla Winther")
    await library.press("Spørg i kanalen")
    assert "Carla" not in said(await library.view())


async def test_nor_in_an_answer(library: Library) -> None:
    await decide(library, **READY)
    await springbraet(library)
    await library.known("Carla Winther", kind=Sort.INDIVIDUAL)
    await ask(library, "robotter", who_about="topic")
    await library.press_in_channel(KNOW_SOMEBODY, "U03")
    done = await library.submit({"who_name": "Anne Holm"}, "U03")
    assert "Det er en persons navn" in done["errors"]["who_name"]
    picked = await pick(library, "carla", "U03")
    assert (await library.submit({"partner_pick": picked, "who_name": ""}, "U03"))["ok"]
    (message,) = await library.in_channel()
    assert "@U03 kender nogen." in said(message)
    assert "Carla" not in said(message)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("010190-1234", "ligner et CPR-nummer"), ("!!!", "Skriv, hvem eller hvad du spørger om.")],
)
async def test_what_may_not_be_asked_is_said_at_the_field(
    library: Library, words: str, sentence: str
) -> None:
    await decide(library, **READY)
    done = await ask(library, "Ukendt", who_asked=words)
    assert sentence in done["errors"]["who_asked"]


async def test_nothing_is_written_before_it_is_switched_on(library: Library) -> None:
    await decide(library, **READY | {"switched_on": False})
    await answer(library, "Pixelværket")
    await library.press("Spørg i kanalen")
    shown = said(await library.message())
    assert "Jeg skriver ikke i kanaler, før koordinatoren har slået det til. Spørg Karen." in shown


async def test_who_chooses_the_channel_is_said(library: Library) -> None:
    await answer(library, "Pixelværket")
    await library.press("Spørg i kanalen")
    assert "Der er endnu ingen koordinator" in said(await library.message())
    await decide(library, coordinators=("U01",), switched_on=True)
    await answer(library, "Pixelværket")
    await library.press("Spørg i kanalen")
    assert "Karen kan vælge en i indstillingerne." in said(await library.message())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"is_archived": True}, "#partnerskaber er arkiveret."),
        ({"is_ext_shared": True}, "#partnerskaber er delt med folk uden for biblioteket."),
        ({"members": ["U02", "U06"]}, "Jeg er ikke med i #partnerskaber."),
    ],
)
async def test_a_channel_that_cannot_be_used(library: Library, change: Json, sentence: str) -> None:
    await decide(library, **READY)
    await library.write("hvem Pixelværket", "U06")
    await library.press("Spørg i kanalen", "U06")
    await library.control("channels", id="C01", **change)
    done = await library.submit({"who_about": "partner"}, "U06")
    assert sentence in done["errors"]["who_asked"]
    await library.close("U06")
    await library.press("Spørg i kanalen", "U06")
    assert sentence in said(await library.message("U06"))


async def test_the_same_is_not_asked_twice_in_two_weeks(library: Library) -> None:
    await decide(library, **READY)
    await library.known("Springbræt")
    await ask(library, "Springbræt")
    await library.press_in_channel(KNOW_THEM, "U03")
    await ask(library, "springbraet", "U02")
    view = await library.view("U02")
    assert "@U06 spurgte om det samme i dag. @U03 kender dem. Se spørgsmålet" in said(view)
    assert len(await library.in_channel()) == 1
    await library.control("clock", advance=15 * 24 * 3600, jump=True)
    await library.control("close", user="U02", view_id=view["id"])
    await ask(library, "Springbræt", "U02")
    assert len(await library.in_channel()) == 2


async def test_a_refused_message_asks_nothing_and_may_be_tried_again(library: Library) -> None:
    await decide(library, **READY)
    await library.control("faults", method="chat.postMessage", times=1, error="ratelimited")
    await ask(library, "Pixelværket")
    assert "Der er ikke spurgt om noget." in said(await library.view("U06"))
    assert not await library.in_channel()
    await library.press("Spørg i kanalen", "U06")
    assert (await library.submit({"who_about": "partner"}, "U06"))["ok"]
    assert len(await library.in_channel()) == 1


async def test_a_lost_answer_is_not_posted_twice_by_itself_and_is_found_again(
    library: Library,
) -> None:
    await decide(library, **READY)
    await library.control("faults", method="chat.postMessage", times=1, drop_answer=True)
    await ask(library, "Pixelværket")
    assert "så jeg ved ikke, om spørgsmålet nåede frem" in said(await library.view("U06"))
    assert len(await library.in_channel()) == 1
    await library.press_in_channel(KNOW_THEM, "U03")
    assert "@U03 kender dem." in said((await library.in_channel())[0])
    await ask(library, "Pixelværket", "U02")
    assert "@U06 spurgte om det samme i dag." in said(await library.view("U02"))
    assert len(await library.in_channel()) == 1


async def test_a_guest_in_the_channel_is_refused(library: Library) -> None:
    await decide(library, **READY)
    number = await library.known("Springbræt")
    await ask(library, "Springbræt")
    await library.control("channels", id="C01", members=["U02", "U04", "U06", "U08", "@app"])
    await library.press_in_channel(KNOW_THEM, "U04")
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.message("U04", "C01"))
    assert (await partner(library, number)).known_by == ()


async def test_an_archived_partner_says_so(library: Library) -> None:
    await decide(library, **READY)
    number = await library.known("Springbræt")
    await ask(library, "Springbræt")
    before = await partner(library, number)
    after = replace(before, archived=True)
    now = library.house.clock.now()
    await library.store.write(register_of.update, "T01", before, after, by="U02", now=now)
    await library.press_in_channel(KNOW_THEM, "U03")
    assert "Springbræt er arkiveret." in said(await library.message("U03", "C01"))


async def test_a_question_that_is_gone_says_so(library: Library) -> None:
    await decide(library, **READY)
    await ask(library, "Pixelværket")
    gone = QUESTION.delete().where(QUESTION.c.team_id == "T01")
    await library.store.write(lambda conn: conn.execute(gone))
    await library.press_in_channel(KNOW_THEM, "U03")
    assert "Det spørgsmål findes ikke længere." in said(await library.message("U03", "C01"))


async def test_an_answer_is_taken_back_once(library: Library) -> None:
    await decide(library, **READY)
    await library.known("Springbræt")
    await ask(library, "Springbræt")
    await library.press_in_channel(KNOW_THEM, "U03")
    first = await library.message("U03", "C01")
    await library.press_in_channel(KNOW_THEM, "U03")
    await library.press("Det var en fejl", "U03", "C01")
    block_id, button = elements(first)[0]
    where = {"channel": "C01", "ts": first["ts"]}
    action_id = button["action_id"]
    await library.control(
        "click", user="U03", action_id=action_id, block_id=block_id, message=where
    )
    assert "Det er allerede taget tilbage." in said(await library.message("U03", "C01"))


async def test_an_answer_is_kept_though_the_channel_cannot_show_it(library: Library) -> None:
    await decide(library, **READY)
    number = await library.known("Springbræt")
    await ask(library, "Springbræt")
    await library.control("faults", method="chat.update", times=1, error="ratelimited")
    await library.press_in_channel(KNOW_THEM, "U03")
    assert "Nu står du på kortet" in said(await library.message("U03", "C01"))
    assert (await partner(library, number)).known_by == ("U03",)
    await library.press_in_channel(KNOW_THEM, "U02")
    assert "@U03 og @U02 kender dem." in said((await library.in_channel())[0])


async def test_two_who_press_at_once_are_both_shown(library: Library) -> None:
    await decide(library, **READY)
    await library.known("Springbræt")
    await ask(library, "Springbræt")
    await library.control("faults", method="chat.update", times=1, delay=0.3)
    await asyncio.gather(
        *(library.press_in_channel(KNOW_THEM, user) for user in ("U02", "U03", "U07"))
    )
    shown = said((await library.in_channel())[0])
    assert all(f"@{user}" in shown for user in ("U02", "U03", "U07")), shown


async def test_a_question_whose_link_slack_does_not_give_is_asked_all_the_same(
    library: Library,
) -> None:
    await decide(library, **READY)
    await library.control("faults", method="chat.getPermalink", times=1, error="ratelimited")
    await ask(library, "Pixelværket")
    shown = said(await library.view("U06"))
    assert "Du har spurgt i #partnerskaber." in shown
    assert "Se spørgsmålet" not in shown


async def test_lost_access_to_slack_says_whom_to_ask(library: Library) -> None:
    await decide(library, **READY)
    await library.control("faults", method="chat.postMessage", times=1, error="token_revoked")
    done = await ask(library, "Pixelværket")
    assert "har mistet adgangen til Slack" in str(done["errors"])


async def test_an_answer_can_be_regretted_when_the_partner_was_archived(library: Library) -> None:
    await decide(library, **READY | {"keywords": ("robotter",)})
    number = await library.known("Kodeklubben Nord", responsible="U03")
    await ask(library, "robotter")
    await library.press_in_channel(KNOW_SOMEBODY, "U03")
    picked = await pick(library, "kode", "U03")
    await library.submit({"partner_pick": picked}, "U03")
    before = await partner(library, number)
    after = replace(before, archived=True)
    now = library.house.clock.now()
    await library.store.write(register_of.update, "T01", before, after, by="U02", now=now)
    await library.press("Det var en fejl", "U03")
    assert "Du står stadig på kortet" in said(await library.view("U03"))
    stored = await partner(library, number)
    assert (stored.responsible, stored.keywords) == ("U03", ())


async def test_a_new_name_that_may_not_be_stored_is_said_at_its_field(library: Library) -> None:
    await decide(library, **READY)
    await ask(library, "robotter", who_about="topic")
    await library.press_in_channel(KNOW_SOMEBODY, "U03")
    done = await library.submit({"who_name": "010190-1234"}, "U03")
    assert "ligner et CPR-nummer" in done["errors"]["who_name"]


async def test_a_topic_stays_on_the_card_while_a_colleague_answers_with_it(
    library: Library,
) -> None:
    await decide(library, **READY)
    number = await library.known("Kodeklubben Nord")
    await ask(library, "robotter", who_about="topic")
    for user in ("U03", "U02"):
        await library.press_in_channel(KNOW_SOMEBODY, user)
        picked = await pick(library, "kode", user)
        assert (await library.submit({"partner_pick": picked}, user))["ok"]
    await library.press("Det var en fejl", "U03")
    assert (await partner(library, number)).keywords == ("robotter",)
    await library.press("Det var en fejl", "U02")
    assert (await partner(library, number)).keywords == ()


async def test_a_person_who_has_left_the_card_is_not_named_either(library: Library) -> None:
    await decide(library, **READY)
    before = await partner(library, await springbraet(library))
    now = library.house.clock.now()
    left = replace(before, people=before.people[1:])
    await library.store.write(register_of.update, "T01", before, left, by="U02", now=now)
    done = await ask(library, "Ukendt", who_asked="Anne Holm")
    assert "Det er en persons navn" in done["errors"]["who_asked"]
    assert not await library.in_channel()


async def test_the_coordinators_are_looked_up_only_where_they_are_named(library: Library) -> None:
    await decide(library, **READY)
    await library.write("hvem Pixelværket", "U06")
    await library.press("Spørg i kanalen", "U06")
    assert (await library.view("U06"))["title"]["text"] == "Spørg dine kolleger"
    looked_up = [e for e in await library.log("api") if e["name"] == "users.info"]
    assert "U01" not in [entry["request"]["user"] for entry in looked_up]
