"""A decision as the others read it in the thread, with its steps and when it is asked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from slackblocks import Block, RichTextBlock, RichTextList, RichTextSection

from bot.evaluation import Decision, Unanswered
from bot.evaluation_decision import agreed_in, around, way_of
from bot.round import Round, count
from bot.round_step import Step
from bot.translation import Translator, mark
from handlers.views.evaluation_decide import after_decision
from handlers.views.parts import Reply, line, notice, rich

# The whole sentence of each; {way} is from where to where.
_SAID: Mapping[str, str] = {
    Decision.GO_ON: mark("**We go on as now.**"),
    Decision.ADJUST: mark("**We adjust.**"),
    Decision.MOVE: mark("**We move them in the circle** {way}."),
    Decision.END: mark("**We part on good terms.**"),
    Unanswered.LATER: mark("**Nobody here answered this time.** We ask again in a month."),
    Unanswered.MEETING: mark("**Nobody here answered this time.** We take it at a meeting."),
    Unanswered.SKIP: mark("**Nobody here answered.** We skip it this time."),
}
# The same where one did, whose answer is shown to nobody.
_SAID_OF_ONE: Mapping[str, str] = {
    Unanswered.LATER: mark(
        "**Only one answered, so the answer is not shown.** We ask again in a month."
    ),
    Unanswered.MEETING: mark(
        "**Only one answered, so the answer is not shown.** We take it at a meeting."
    ),
    Unanswered.SKIP: mark(
        "**Only one answered, so the answer is not shown.** We skip it this time."
    ),
}
# After these the day says no more than the sentence, or nobody is asked any more.
_NO_DAY = frozenset({Decision.END, Unanswered.LATER})


@dataclass(frozen=True)
class Said:
    """What is told."""

    this: Round
    steps: tuple[Step, ...]
    names: Mapping[str, str]  # first names of colleagues
    again: date | None = None  # when it is asked next
    corrected: bool = False


def in_thread(t: Translator, said: Said, today: date) -> Reply:
    """The decision, whose it is, and what it means from now on."""
    this = said.this
    name = said.names.get(this.closed_by or this.called_by, "")
    said_of = {**_SAID, **_SAID_OF_ONE} if count(this).answered else _SAID
    sentence = t(said_of[this.decision])
    if name:
        sentence = "{name}: " + sentence
    if said.corrected:
        sentence = t("**The decision is changed.**") + " " + sentence
    values = {"name": name, "way": way_of(t, this)}
    blocks: list[Block] = [rich(sentence, block_id="decided", **values)]
    if said.steps:
        listed = [step_line(t, one, said.names) for one in said.steps]
        blocks.append(RichTextBlock([RichTextList("bullet", listed)], block_id="decided_steps"))
    if agreed := agreed_in(this):
        blocks.append(rich("{agreed}", block_id="decided_agreed", agreed=agreed))
    if said.again and this.decision not in _NO_DAY:
        when = t("We ask again {when}.", when=around(t, said.again, today))
        blocks.append(rich("_{when}_", block_id="decided_again", when=when))
    blocks.append(after_decision(t, this))
    return Reply(notice(sentence, **values), blocks)


def step_line(t: Translator, step: Step, names: Mapping[str, str]) -> RichTextSection:
    """What is to be done, by whom and by when."""
    people = t.list(names[user] for user in step.who if user in names)
    sentence = t("{step} – {people}, by {day}") if people else t("{step}, by {day}")
    return line(sentence, step=step.text, people=people, day=t.long_day(step.on))
