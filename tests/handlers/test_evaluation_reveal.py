from bot.evaluation_remark import Remark
from bot.round import Round
from bot.round_voice import THE_PARTNER
from bot.translation import Translator
from bot.workspace import Language
from handlers.evaluation_reveal import PICTURE
from handlers.views.evaluation_result import RESULT, result_button
from handlers.views.parts import Reply, row
from storage import evaluation_remark as remarks
from storage.delivery import State
from tests.handlers.deliveries import outcome
from tests.handlers.evaluations_shown import TEAM, Answers, Told, partner, shown
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.tjek_rounds import ALI, KAREN, METTE, PARTNERS, messages, ready
from tests.handlers.tjek_rounds import told as told_alone

NADIA = "U06"
FEW = {METTE: Answers([4] * 6), ALI: Answers([4] * 6)}


async def told(library: Library) -> list[Json]:
    """The messages about the evaluation: below the parent, which no test here has posted."""
    found = [one for message in await messages(library) for one in (message, *message["replies"])]
    return [one for one in found if one["user"] == "U0BOT" and not one.get("subtype")]


async def springbraet(library: Library) -> Round:
    """May and November, as in the method's example."""
    await ready(library)
    number = await partner(library)
    before = {
        METTE: Answers([4, 3, 3, 4, 5, 4]),
        ALI: Answers([4, 3, 3, 4, 4, 4]),
        NADIA: Answers([4, 4, 3, 3, 5, 4]),
        THE_PARTNER: Answers([4, 3, 4, 3, 5, 5]),
    }
    await shown(library, number, Told(before, days_ago=190))
    now = {
        METTE: Answers([5, 4, 4, 2, 4, 5]),
        ALI: Answers([4, 4, 3, 3, 5, 4], {"last": "Vi skal fejre, at det går godt."}),
        NADIA: Answers([4, 5, 4, 5, 5, 4]),
        THE_PARTNER: Answers(
            [4, 2, 4, 4, 5, 5], {"roles": "Vi ved ikke, hvem vi skal ringe til om lokaler."}
        ),
    }
    return await shown(library, number, Told(now))


async def test_a_question_about_the_other_is_put_to_both_sides(library: Library) -> None:
    await ready(library)
    ours, theirs = Answers([5] * 9), Answers([5, 5, 5, 5, 5, 5, 3, 5, 5])
    sheets = {METTE: ours, ALI: ours, THE_PARTNER: theirs}
    await shown(library, await partner(library), Told(sheets, instrument="partnership"))
    words = said((await told(library))[0])
    assert "1. Åbner vi døre for hinanden? Vi giver dem 5, de giver os 3." in words


async def test_both_sides_stand_beside_each_other_and_what_to_talk_about_comes_first(
    library: Library,
) -> None:
    await springbraet(library)
    first, chart = await told(library)
    words = said(first)
    assert words.startswith(
        "Springbræt: svarene er her (4 af 4, sidst i maj)"
        " Samarbejde: vi 4,3 (før 3,7) · Springbræt 3,0 (før 3,5)"
        " Fremdrift: vi 3,5 (før 3,3) · Springbræt 4,0 (før 3,5)"
        " Resultater: vi 4,5 (før 4,3) · Springbræt 5,0 (før 5,0)"
        " Samarbejde er steget fra 3,7 til 4,3 hos os siden maj."
        " Samarbejde er faldet fra 3,5 til 3,0 hos Springbræt siden maj."
        " Det er værd at tale om:"
        " 1. Ved alle, hvem der gør hvad? Vi siger 4,3, Springbræt siger 2."
        " De skriver: ”Vi ved ikke, hvem vi skal ringe til om lokaler.”"
        " 2. Bliver det, vi aftaler, også til noget? Vi er ikke enige indbyrdes: 2, 3 og 5."
        " Det går godt: Er det let at arbejde sammen?"
    ), words
    assert "Alle siger 4 eller 5" in words
    assert "En af os skriver til sidst: ”Vi skal fejre, at det går godt.”" in words
    buttons = [(e["action_id"], e["text"]["text"]) for _, e in elements(first)]
    assert buttons == [
        ("evaluation_go_on", "Fortsæt som nu"),
        ("evaluation_adjust", "Justér …"),
        ("evaluation_move", "Flyt i cirklen …"),
        ("evaluation_end", "Slut pænt af …"),
        ("evaluation_copy", "Kopiér svaret til dem"),
    ]
    assert "@U02 er tovholder og skriver, hvad I aftaler. Springbræt får jeres svar" in words
    assert chart["thread_ts"] == first["ts"]
    (block,) = [one for one in chart["blocks"] if one["type"] == "data_visualization"]
    assert block["title"] == "Vi og de: Samarbejde, Fremdrift og Resultater"
    assert said(chart).startswith(
        "Sådan er det gået med Springbræt: Samarbejde, Fremdrift og Resultater"
    )
    series = {
        one["name"]: [point["value"] for point in one["data"]] for one in block["chart"]["series"]
    }
    assert series == {
        "Vi: Samarbejde": [3.7, 4.3],
        "De: Samarbejde": [3.5, 3],
        "Vi: Fremdrift": [3.3, 3.5],
        "De: Fremdrift": [3.5, 4],
        "Vi: Resultater": [4.3, 4.5],
        "De: Resultater": [5, 5],
    }
    assert block["chart"]["axis_config"]["categories"] == ["maj 2026", "nov. 2026"]
    assert "Samarbejde er faldet fra 3,5 til 3,0 hos Springbræt" in chart["text"]


async def test_charts_and_their_messages_are_named_after_what_they_show(library: Library) -> None:
    """Three themes are asked in the pulse, too, so that their lines have more points."""
    await ready(library)
    number = await partner(library)
    ours = {METTE: Answers([4] * 9), ALI: Answers([4] * 9)}
    both = {**ours, THE_PARTNER: Answers([5] * 9)}
    await shown(library, number, Told(both, days_ago=380, instrument="partnership"))
    await shown(library, number, Told(both, days_ago=190, instrument="pulse"))
    await shown(library, number, Told(both, instrument="partnership"))
    charts = [one for one in await told(library) if "data_visualization" in str(one["blocks"])]
    titles = [
        block["title"]
        for one in charts
        for block in one["blocks"]
        if block["type"] == "data_visualization"
    ]
    assert sorted(titles) == [
        "Vi og de: Samarbejde, Fremdrift og Resultater",
        "Vi og de: Tillid og Værdi",
    ]
    assert "1 til 5" not in str([said(one) for one in charts])


async def test_no_colleague_is_named_beside_an_answer(library: Library) -> None:
    await springbraet(library)
    shown_text = str([one["blocks"][:-3] for one in await told(library)])
    for name in ("U03", "U06", "Ali", "Sofie"):
        assert name not in shown_text


async def test_where_slack_does_not_draw_the_picture_is_put_in_the_thread(
    library: Library,
) -> None:
    await library.control(
        "faults", method="chat.postMessage", match="data_visualization", error="invalid_blocks"
    )
    await springbraet(library)
    first, picture = await told(library)
    assert "svarene er her" in said(first)
    assert picture["thread_ts"] == first["ts"]
    finding = "Samarbejde er faldet fra 3,5 til 3,0 hos Springbræt siden maj."
    (file,) = picture["files"]
    assert file["title"] == "Sådan er det gået"
    assert finding in file["alt_txt"]
    home = said(await library.home(KAREN))
    assert "kom ikke frem" not in home


async def test_a_picture_whose_answer_is_lost_is_not_sent_twice(library: Library) -> None:
    fault = {"method": "chat.postMessage", "match": "data_visualization"}
    await library.control("faults", error="invalid_blocks", **fault)
    lost = {"method": "files.completeUploadExternal", "drop_answer": True}
    await library.control("faults", times=1, **lost)
    this = await springbraet(library)
    assert (await outcome(library, f"{PICTURE}.{this.id}")).state is State.DROPPED
    (picture,) = [one for one in await told(library) if one.get("files")]
    assert picture["files"][0]["title"] == "Sådan er det gået"


async def test_a_refused_message_with_words_is_told_to_who_leads_it(library: Library) -> None:
    await library.control(
        "faults", method="chat.postMessage", match="svarene er her", error="invalid_blocks"
    )
    await springbraet(library)
    assert "Springbræt: svarene er her" not in str([said(one) for one in await told(library)])


async def test_without_the_right_to_send_files_the_words_stand_alone(library: Library) -> None:
    fault = {"method": "chat.postMessage", "match": "data_visualization"}
    await library.control("faults", error="invalid_blocks", **fault)
    await library.control("faults", method="files.getUploadURLExternal", error="missing_scope")
    await springbraet(library)
    (only,) = await told(library)
    assert "Samarbejde er steget fra 3,7 til 4,3" in said(only)


async def test_nobody_answered_is_an_answer_too(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    await shown(library, number, Told({METTE: None, ALI: None, THE_PARTNER: None}))
    (only,) = await told(library)
    assert (
        said(only)
        == (
            " Ingen nåede at svare om Springbræt, og det er et svar i sig selv."
            " Prøv om en måned Tag det på et møde Spring over i år @U02 vælger."
        ).strip()
    )
    assert [e["action_id"] for _, e in elements(only)] == [
        "evaluation_later",
        "evaluation_meeting",
        "evaluation_skip",
    ]


async def test_a_single_answer_of_several_is_shown_to_nobody(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    alone = Answers([1] * 6, {"last": "Jeg er den eneste"})
    await shown(library, number, Told({METTE: alone, ALI: None}))
    (only,) = await told(library)
    assert said(only).startswith("Kun én nåede at svare om Springbræt")
    assert "Jeg er den eneste" not in str(await library.look("log"))


async def test_theirs_is_shown_where_ours_is_kept_back(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    answers = {METTE: Answers([1] * 6), ALI: None, THE_PARTNER: Answers([5] * 6)}
    await shown(library, number, Told(answers))
    words = said((await told(library))[0])
    assert "Samarbejde: Springbræt 5,0" in words
    assert "Kun én af os har svaret, så vores tal vises ikke." in words
    assert "vi 1,0" not in words
    assert "får jeres svar at se" not in words
    assert "Kopiér svaret" not in words


async def test_what_nobody_here_answered_is_not_said_to_be_shown_to_them(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    answers = {METTE: None, ALI: None, THE_PARTNER: Answers([5] * 6)}
    await shown(library, number, Told(answers))
    words = said((await told(library))[0])
    assert "Samarbejde: Springbræt 5,0" in words
    assert "får jeres svar at se" not in words
    assert "Kopiér svaret" not in words


async def test_one_who_was_asked_alone_is_told_of_her_own_answer(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    await shown(library, number, Told({METTE: Answers([2] * 6)}))
    words = said((await told(library))[0])
    assert "Samarbejde: vi 2,0" in words
    assert "1. Er det let at arbejde sammen? Vi siger 2." in words
    assert "Kopiér svaret" not in words  # the partner was not asked


async def test_long_notes_all_come_over_several_messages(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    many = {f"@{n}": Answers([4] * 6, {"last": f"{n:03} {'æ' * 2996}"}) for n in range(1, 13)}
    await shown(library, number, Told({**FEW, **many}))
    words = " ".join(said(one) for one in await told(library))
    assert all(f"”{n:03} {'æ' * 2996}”" in words for n in range(1, 13))


async def test_who_leads_has_left_and_the_coordinator_decides(library: Library) -> None:
    await ready(library)
    number = await partner(library, responsible=ALI)
    await shown(library, number, Told(FEW, led_by=METTE))
    assert "@U02 skriver, hvad I aftaler." in said((await told(library))[0])
    await library.control("users", id=METTE, deleted=True)
    await shown(library, number, Told(FEW, led_by=METTE, caller_left=True))
    assert "@U01 skriver, hvad I aftaler." in said((await told(library))[-2])


# A past one as a modal


async def opened(library: Library, evaluation_id: int) -> Json:
    """The result as a modal."""
    await pressed(library, evaluation_id)
    return await library.view(KAREN)


async def pressed(library: Library, evaluation_id: int) -> None:
    """Press the button to a past result, as the card has it."""
    client = await library.house.teams.client(TEAM)
    assert client
    button = result_button(Translator(Language.DANISH), evaluation_id)
    message: Json = Reply("Sidst", [row("card", button)]).payload()
    posted = await client.chat_postMessage(channel=PARTNERS, **message)
    done = await library.control(
        "click",
        user=KAREN,
        action_id=RESULT,
        block_id="card",
        message={"channel": PARTNERS, "ts": posted["ts"]},
    )
    assert done["ok"], done


async def test_a_past_result_is_a_modal_with_what_was_kept_of_the_talk(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    this = await shown(library, number, Told(FEW, days_ago=200))
    now = library.house.clock.now()
    kept = Remark(this.subject_id, ALI, "Vi ringer til Nadia om lokaler.", now)
    await library.store.write(remarks.add, TEAM, kept)
    words = said(await opened(library, this.subject_id))
    assert "Springbræt: svarene er her (2 af 2)" in words
    assert "Samarbejde: vi 4,0" in words
    assert "Gemt fra snakken: @U03: Vi ringer til Nadia om lokaler." in words


async def test_a_long_past_result_has_pages_and_nothing_is_cut(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    many = {f"@{n}": Answers([4], {"last": f"{n:02} {'æ' * 2997}"}) for n in range(1, 21)}
    this = await shown(library, number, Told({**FEW, **many}, days_ago=200))
    view = await opened(library, this.subject_id)
    words = said(view)
    while "Næste" in said(view):
        done = await library.press("Næste", KAREN)
        assert done["ok"], done
        view = await library.view(KAREN)
        words += said(view)
    assert all(f"”{n:02} {'æ' * 2997}”" in words for n in range(1, 21))
    assert "Side 8 af 8" in words
    await library.press("Forrige", KAREN)
    assert "Side 7 af 8" in said(await library.view(KAREN))


async def test_what_is_not_shown_yet_is_in_no_modal(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    secret = Answers([1] * 6, {"last": "Endnu ikke"})
    this = await shown(library, number, Told({METTE: secret, ALI: secret}, opens=True))
    await pressed(library, this.subject_id)
    assert "Ingen kan se svarene endnu" in await told_alone(library, KAREN)
    assert "Endnu ikke" not in str(await library.look("log"))


async def test_who_was_asked_alone_is_told_of_as_we_and_criteria_by_their_count(
    library: Library,
) -> None:
    await ready(library)
    number = await partner(library)
    criteria = {"goal": "met", "together": "met", "method": "not_yet"}
    ours = Answers([4] * 6, {"last": "Det går godt"}, criteria)
    theirs = Answers([0] * 6, {}, criteria)
    asked = {METTE: ours, THE_PARTNER: theirs}
    await shown(library, number, Told(asked, instrument="partnership"))
    words = said((await told(library))[0])
    assert "Kendetegn på plads: vi 2 af 3 besvarede · Springbræt 2 af 3 besvarede" in words
    assert "(Springbræt ved det ikke)" in words
    assert "Vi skriver til sidst: ”Det går godt”" in words
