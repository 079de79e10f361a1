"""A decision as it is said: in the thread, with the result, and to the one who has written it."""

from datetime import date

from slackblocks import Block

from bot.text import capital
from bot.tjek import Check, Decision
from bot.tjek_told import Told, verdict
from bot.translation import Translator
from handlers.views.parts import Reply, notice, rich, row
from handlers.views.tjek_letter import begin_button
from handlers.views.tjek_voices import Names


def decision_line(t: Translator, check: Check, told: Told, names: Names) -> Block:
    """What was decided and why, with what is to be done."""
    decision, reason = verdict(t, check, told)
    sentence = t("**{decision}** – {reason}") if reason else "**{decision}**"
    follows = _follows(t, check, told, names)
    if follows:
        sentence += "\\n{follows}"
    values = {"decision": decision, "reason": reason, "follows": follows}
    return rich(sentence, block_id="decided", **values)


def in_thread(
    t: Translator, check: Check, by: str, told: Told, names: Names, *, corrected: bool = False
) -> Reply:
    """The decision as the others read it; a corrected one says that it is."""
    decision, reason = verdict(t, check, told)
    sentence = t("**{decision}** – {reason}") if reason else "**{decision}**"
    if by in names:
        sentence = "{name}: " + sentence
    if corrected:
        sentence = t("**The decision is changed.**") + " " + sentence
    values = {"name": names.get(by, ""), "decision": decision, "reason": reason}
    blocks: list[Block] = [rich(sentence, block_id="decided", **values)]
    if follows := _follows(t, check, told, names):
        blocks.append(rich("{follows}", block_id="decided_step", follows=follows))
    return Reply(notice(sentence, **values), blocks)


def _follows(t: Translator, check: Check, told: Told, names: Names) -> str:
    """What is to be done, by whom and by when; of a condition it has been said what."""
    step = told.step
    if step is None:
        return t("Next step: {step}", step=told.said) if told.said else ""
    day = t.long_day(step.on)
    people = t.list(names[user] for user in step.who if user in names)
    if check.decision is Decision.GO_ON_IF:
        if people:
            return t("{people} will find out by {day}.", people=people, day=day)
        return t("It is to be clear by {day}.", day=day)
    said = t("{step} – {people}, by {day}") if people else t("{step}, by {day}")
    return t("Next step: {step}", step=said.format(step=step.text, people=people, day=day))


def decided(t: Translator, check: Check, moved_from: date | None = None) -> Reply:
    """It stands in the thread; after a kind no there is a letter to write.

    `moved_from` is the day chosen for the step, where nobody works on that.
    """
    sentence = t("**The decision is written, and the others can read it in the thread.**")
    blocks: list[Block] = [rich(sentence, block_id="decide_done")]
    if moved_from:
        said = t("{wished} is not a working day, so I chose the next one.")
        blocks.append(rich(said, block_id="decide_day", wished=capital(t.long_day(moved_from))))
    if check.decision is Decision.KINDLY_NO:
        way = t("The partner should hear it from you, and soon. I can help with the letter.")
        blocks += [
            rich(way, block_id="decide_letter"),
            row("decide_letter_buttons", begin_button(t, check.id)),
        ]
    return Reply(notice(sentence), blocks)
