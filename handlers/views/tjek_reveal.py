"""All answers to a check, shown at once in the thread: what to talk about first, then the rest."""

from collections.abc import Sequence

from slackblocks import Block, Button

from bot.round import Round, State, count
from bot.tjek import Check
from bot.tjek_again import Again
from bot.tjek_parts import Part
from bot.tjek_round import Outcome
from bot.translation import Translator, mark
from bot.workspace_roles import Colleagues
from handlers.views import tjek_alike as alike
from handlers.views import tjek_voices as voices
from handlers.views.parts import Person, Reply, button, notice, rich, row
from handlers.views.tjek import SHOW, heading_of
from handlers.views.tjek_again import again_lines
from handlers.views.tjek_table import table
from handlers.views.tjek_voices import Names

DECIDE = "tjek_round_decide"
AGAIN = "tjek_round_again"
LET_LIE = "tjek_round_let_lie"

_BECAUSE = {
    "is_archived": mark("because it is archived"),
    "not_in_channel": mark("because I am not in it any more"),
    "channel_not_found": mark("because I am not in it any more"),
}
_REFUSED = mark("because Slack does not let me write there")

MENTIONED = 10  # colleagues who hear by a mention that the answers are here


def finding(t: Translator, outcome: Outcome) -> str:
    """What came of it, in a sentence: for whoever reads no further."""
    if outcome.answered == 1:
        return t("Only one has answered.")
    asked = len(outcome.points)
    if outcome.agreed == asked:
        return t("You agree all the way.")
    if outcome.apart:
        return t.n(
            "You see one question of {asked} differently.",
            "You see {number} questions of {asked} differently.",
            len(outcome.apart),
            asked=t.number(asked),
        )
    if not outcome.agreed:
        return t("There is no question that you have all answered alike.")
    return t.n(
        "You agree on one question of {asked}.",
        "You agree on {number} questions of {asked}.",
        outcome.agreed,
        asked=t.number(asked),
    )


def message(
    t: Translator,
    check: Check,
    this: Round,
    outcome: Outcome,
    part: Part,
    names: Names,
    *,
    stewards: Sequence[str],
    again: Again | None = None,
) -> Reply:
    """One of the messages; `stewards` are who may write the decision."""
    subject = heading_of(check)
    figures = [table(t, outcome, finding(t, outcome))] if part.figures else []
    if not part.finding:
        said = t("More of the answers about {subject}.")
        rest = voices.rest(t, outcome, part, names)
        return Reply(notice(said, subject=subject), [*rest, *figures])
    blocks = [
        *heading(t, check, this, outcome),
        *_thanks(t, this, outcome),
        *lead(t, this, outcome, part, names),
        *(again_lines(t, again) if again else []),
        *_to_decide(t, check, this, stewards),
        *figures,
    ]
    said = t("The answers about {subject} are here.")
    return Reply(
        notice(f"{said} {{finding}}", subject=subject, finding=finding(t, outcome)), blocks
    )


def heading(t: Translator, check: Check, this: Round, outcome: Outcome) -> list[Block]:
    """That they are here, how many, and what came of it."""
    of = count(this)
    sentence = t("**The answers about {subject} are here** ({answered} of {asked}). {finding}")
    return [
        rich(
            sentence,
            block_id="reveal",
            subject=heading_of(check),
            answered=of.answered,
            asked=of.asked,
            finding=finding(t, outcome),
        )
    ]


def lead(t: Translator, this: Round, outcome: Outcome, part: Part, names: Names) -> list[Block]:
    """Hard stops, what to talk about, what was written, and where all say the same."""
    return [
        *voices.stops(t, outcome, names),
        *voices.talk(t, outcome, part, names),
        *alike.together(t, outcome),
        *alike.find_out(t, outcome, names),
        *alike.not_all(t, outcome, names),
        *alike.unanswered(t, outcome),
        *_absent(t, this),
    ]


def nobody(t: Translator, check: Check, this: Round, stewards: Sequence[str]) -> Reply:
    """The round ended without an answer: the three ways on."""
    sentence = t("**No answers came about {subject} this time.**")
    ways = t(
        "_{who} chooses: ask again with a new deadline, decide without answers, or leave it "
        "for now._"
    )
    number = str(this.id)
    subject = heading_of(check)
    blocks: list[Block] = [rich(sentence, block_id="reveal", subject=subject)]
    if check.decision:
        blocks.append(row("reveal_buttons", correct_button(t, this)))
    elif this.state is not State.CLOSED:
        blocks += [
            rich(ways, block_id="reveal_ways", who=Colleagues(tuple(stewards))),
            row(
                "reveal_buttons",
                button(t("Ask again"), AGAIN, number),
                button(t("Decide without answers"), DECIDE, number),
                button(t("Leave it for now"), LET_LIE, number),
            ),
        ]
    return Reply(notice(sentence, subject=subject), blocks)


def unshown(t: Translator, check: Check, channel: str, reason: str) -> Reply:
    """The channel, known by its name, does not take the answers; `reason` is Slack's."""
    sentence = t("**The answers about {subject} cannot be shown in {channel}**, {why}.")
    where = t(
        "Everybody who was asked can see them all the same: you here, the others from the message "
        "that they have from me."
    )
    values = {
        "subject": heading_of(check),
        "channel": f"#{channel}" if channel else t("the channel"),
        "why": t(_BECAUSE.get(reason, _REFUSED)),
    }
    return Reply(
        notice(sentence, **values),
        [
            rich(sentence, block_id="unshown", **values),
            rich(where, block_id="unshown_where"),
            row("unshown_buttons", result_button(t, check.id)),
        ],
    )


def result_button(t: Translator, check_id: int) -> Button:
    """The way to the answers as a modal."""
    return button(t("See the answers"), SHOW, str(check_id))


def correct_button(t: Translator, this: Round) -> Button:
    """The way to another decision, once there is one."""
    return button(t("Change the decision"), DECIDE, str(this.id))


def _thanks(t: Translator, this: Round, outcome: Outcome) -> list[Block]:
    """Those who answered hear of it by their names; a crowd is not called together."""
    users = {u for p in outcome.points for some in p.spread.voices.values() for u in some}
    others = tuple(sorted(users - {this.called_by}))
    if not 0 < len(others) <= MENTIONED:
        return []
    people = {f"p{number}": Person(user) for number, user in enumerate(others)}
    sentence = t("Thanks to {people}.").format(people=t.list(f"{{{name}}}" for name in people))
    return [rich(sentence, block_id="reveal_thanks", **people)]


def _absent(t: Translator, this: Round) -> list[Block]:
    declined = count(this).declined
    if not declined:
        return []
    sentence = t.n("One could not this time.", "{number} could not this time.", declined)
    return [rich(sentence, block_id="reveal_absent")]


def _to_decide(t: Translator, check: Check, this: Round, stewards: Sequence[str]) -> list[Block]:
    if check.decision:
        return [row("reveal_buttons", correct_button(t, this))]
    who = Colleagues(tuple(stewards))
    sentence = t("_{who} writes the decision when you have talked._")
    return [
        rich(sentence, block_id="reveal_next", who=who),
        row("reveal_buttons", button(t("Write the decision"), DECIDE, str(this.id), primary=True)),
    ]
