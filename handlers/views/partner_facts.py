"""What a card tells of a partner beside the relation."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block

from bot.partner import Partner
from bot.translation import Translator
from bot.words import AGE, PURPOSE, called
from bot.workspace import Workspace
from handlers.views.parts import Channel, Link, cut, rich

FACT = 400  # characters of one fact; the forms show all


def next_step(
    t: Translator, partner: Partner, today: date, *, block_id: str = "card_next"
) -> Block:
    """What is to be done next, and when."""
    if partner.next_step_on is None:
        return rich(t("**Next:** {step}"), block_id=block_id, step=partner.next_step)
    return rich(
        t("**Next:** {step} ({day})"),
        block_id=block_id,
        step=partner.next_step,
        day=t.long_day(partner.next_step_on, today),
    )


def facts(t: Translator, library: Workspace, partner: Partner) -> Block | None:
    """What is known of them beside the relation; None where that is nothing."""
    values: dict[str, object] = {
        "website": Link(partner.website, cut(partner.website, FACT)),
        "agreement": Link(partner.agreement_link, t("the agreement")),
        "cvr": partner.cvr,
        "branch": partner.branch,
        "keywords": _listed(partner.keywords),
        "for": _listed([*partner.target_groups, *(t(AGE.get(a, a)) for a in partner.age_groups)]),
        "rooms": _listed([called(t, library, r) for r in partner.rooms]),
        "purposes": _listed([t(PURPOSE[p]) for p in partner.purposes]),
        "goals": _listed(partner.goals),
        "names": _listed(partner.other_names),
        "case": partner.case_number,
        "picture": Link(partner.picture_link, t("picture or logo")),
        "channel": Channel(partner.channel),
    }
    shown = (
        (partner.other_names, t("**Also called:** {names}")),
        (partner.website, "{website}"),
        (partner.cvr, t("**CVR:** {cvr}")),
        (partner.branch, t("**Our branch:** {branch}")),
        (partner.keywords, t("**Keywords:** {keywords}")),
        (partner.target_groups or partner.age_groups, t("**For:** {for}")),
        (partner.rooms, t("**Rooms:** {rooms}")),
        (partner.purposes, t("**What for:** {purposes}")),
        (partner.goals, t("**Goals:** {goals}")),
        (partner.agreement_link, "{agreement}"),
        (partner.case_number, t("**Case number:** {case}")),
        (partner.picture_link, "{picture}"),
        (partner.channel, t("**Channel:** {channel}")),
    )
    lines = [template for there, template in shown if there]
    return rich("\n".join(lines), block_id="card_facts", **values) if lines else None


def _listed(values: Sequence[str]) -> str:
    return cut(", ".join(values), FACT)
