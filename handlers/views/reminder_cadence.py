"""How often is asked: the form for the whole library, and the one for a single partner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from slackblocks import Block, Button, CheckboxGroup, DatePicker, InputBlock, ModalView, NumberInput

from bot.errors import UserError
from bot.partner import Partner, RelationType
from bot.reminder_cadence import USUAL, Cadence, Cadences, Place, checked
from bot.translation import Translator, mark
from handlers.views.parts import Typed, button, cut, option, plain, rich, small

OPEN = "reminder_cadences"
FORM = "reminder_cadences_save"  # callback id
OWN = "reminder_own"
OWN_FORM = "reminder_own_save"  # callback id
ON_THE_WAY = "on_the_way"  # block ids; with the place behind it in the library's form
ASK = "ask"
ENDS = "agreement_ends"
EVALUATE = "evaluate"
NEVER = "never"  # its option

NAME = 200  # characters

PLACES = {
    Place.NETWORK: mark("In our network"),
    Place.COLLABORATION: mark("Collaboration"),
    Place.TRIAL: mark("On trial"),
    Place.PARTNERSHIP: mark("Partnership"),
    Place.POSSIBLE: mark("Possible partner"),
    Place.OLD_FRIEND: mark("Old friend"),
    Place.DECLINED: mark("After a kind no"),
}


@dataclass(frozen=True)
class Own:
    """What holds for one partner."""

    cadence: Cadence | None  # its own
    usual: Cadence | None  # what holds without one; None where nothing is asked
    agreement_ends: date | None
    evaluated: bool | None = None  # None: none of that sort is


def cadences_view(t: Translator, library: Cadences) -> ModalView:
    """Every place in the circle with its days."""
    counted = t(
        "Days without a contact that anybody has noted. On the way: it stands on Home. I ask: it"
        " comes on Tuesday."
    )
    blocks: list[Block] = [small(counted, "cadences")]
    for place, words in PLACES.items():
        usual = USUAL[place]
        chosen = library.get(place, usual)
        if place is not Place.DECLINED:  # a no is not softened by questions on the way
            label = t("{place}: on the way", place=t(words))
            blocks.append(_days(f"{ON_THE_WAY}.{place}", label, chosen.on_the_way))
        label = t("{place}: I ask", place=t(words))
        hint = t("Usually {on_the_way} and {ask}.", on_the_way=usual.on_the_way, ask=usual.ask)
        if place is Place.DECLINED:
            hint = t("Where the letter names no day. Usually {ask}.", ask=usual.ask)
        blocks.append(_days(f"{ASK}.{place}", label, chosen.ask, hint))
    return _form(t, t("How often I ask"), blocks, FORM, "")


def own_button(t: Translator, partner: Partner) -> Button:
    """On the card: how often, or until when."""
    words = t("How often?") if partner.relation_type is RelationType.PARTNER else t("The agreement")
    return button(words, OWN, str(partner.id))


def own_view(t: Translator, partner: Partner, own: Own) -> ModalView:
    """One partner's own days; for a sponsor or a supplier when the agreement ends."""
    name = rich("**{name}**", block_id="own_name", name=cut(partner.name, NAME))
    number = str(partner.id)
    if partner.relation_type is not RelationType.PARTNER:
        ends_on = own.agreement_ends
        picker = DatePicker(ENDS, initial_date=ends_on.isoformat() if ends_on else None)
        asks = t("I ask the responsible 90 and 30 days before, and nothing else.")
        ends = InputBlock(
            plain(t("The agreement runs out")),
            picker,
            hint=plain(asks),
            block_id=ENDS,
            optional=True,
        )
        return _form(t, t("The agreement"), [name, ends], OWN_FORM, number)
    own_days = own.cadence or Cadence(0, 0)
    hint = t("Leave both empty, and it is as for the others there.")
    blocks: list[Block] = [
        name,
        _days(
            ON_THE_WAY,
            t("Shown as “on the way” after so many days"),
            own_days.on_the_way,
            need=False,
        ),
        _days(ASK, t("I ask after so many days"), own_days.ask, hint, need=False),
    ]
    if own.usual:
        now = t(
            "The others there: on the way after {on_the_way} days, and I ask after {ask}.",
            on_the_way=own.usual.on_the_way,
            ask=own.usual.ask,
        )
        blocks.append(small(now, "own_usual"))
    if own.evaluated is not None:
        blocks.append(_evaluated(t, evaluated=own.evaluated))
    return _form(t, t("How often?"), blocks, OWN_FORM, number)


def _evaluated(t: Translator, *, evaluated: bool) -> InputBlock:
    never = option(t("Do not evaluate them"), NEVER)
    box = CheckboxGroup(EVALUATE, [never], initial_options=None if evaluated else [never])
    hint = t("I open no rounds about them by myself. You can ask by hand.")
    label = plain(t("Rounds about how it is going"))
    return InputBlock(label, box, hint=plain(hint), block_id=EVALUATE, optional=True)


def own_line(t: Translator, own: Own, today: date, *, responsible: bool = True) -> list[Block]:
    """What is special about it, for the card."""
    if own.agreement_ends:
        day = t.long_day(own.agreement_ends, today)
        return [rich(t("**The agreement runs out** {day}."), "card_agreement", day=day)]
    blocks: list[Block] = []
    if own.cadence:
        said = t("**I ask** after {days} days without a contact.")
        if not responsible:
            said = t("**I ask** after {days} days without a contact, once somebody is responsible.")
        blocks.append(rich(said, "card_cadence", days=t.number(own.cadence.ask)))
    if own.evaluated is False:
        blocks.append(rich(t("**No evaluation:** one of you has switched it off."), "card_never"))
    return blocks


def read_cadences(typed: Typed, view: Mapping[str, Any]) -> dict[Place, Cadence]:
    """Those that were changed in the form; a colleague's changes to others stay.

    Raises:
        UserError: with the block's id as its field.
    """
    shown = {b["block_id"]: b.get("element", {}).get("initial_value") for b in view["blocks"]}
    changed = {}
    for place in PLACES:
        ids = (f"{ON_THE_WAY}.{place}", f"{ASK}.{place}")
        if any(str(_number(typed, one)) != shown[one] for one in ids if one in typed):
            changed[place] = _checked(typed, *ids)
    return changed


def read_own(typed: Typed) -> Cadence | None:
    """The partner's own days; None where both are empty.

    Raises:
        UserError: with the block's id as its field.
    """
    if all(_number(typed, one) is None for one in (ON_THE_WAY, ASK)):
        return None
    return _checked(typed, ON_THE_WAY, ASK)


def read_evaluated(typed: Typed) -> bool | None:
    """Whether the partner is evaluated; None where the form did not ask."""
    if EVALUATE not in typed:
        return None
    return not typed[EVALUATE][EVALUATE].get("selected_options")


def read_ends(typed: Typed) -> date | None:
    """When the agreement ends; None where nobody has said so."""
    chosen = typed[ENDS][ENDS].get("selected_date")
    return date.fromisoformat(chosen) if chosen else None


def _checked(typed: Typed, on_the_way: str, ask: str) -> Cadence:
    asked = _number(typed, ask)
    first = _number(typed, on_the_way) if on_the_way in typed else asked
    if asked is None or first is None:
        empty = ask if asked is None else on_the_way
        raise UserError("Write both numbers of days, or none.", field=empty)
    try:
        return checked(Cadence(first, asked))
    except UserError as fault:
        fault.field = ask if fault.field == ASK else on_the_way
        raise


def _number(typed: Typed, block_id: str) -> int | None:
    value = typed[block_id][block_id].get("value")
    return int(value) if value else None


def _days(block_id: str, label: str, days: int, hint: str = "", *, need: bool = True) -> Block:
    number = NumberInput(
        is_decimal_allowed=False, action_id=block_id, initial_value=str(days) if days else None
    )
    return InputBlock(
        plain(label),
        number,
        hint=plain(hint) if hint else None,
        block_id=block_id,
        optional=not need,
    )


def _form(t: Translator, title: str, blocks: list[Block], callback: str, note: str) -> ModalView:
    return ModalView(
        plain(title, 24),
        blocks,
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=callback,
        private_metadata=note,
    )
