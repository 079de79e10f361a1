"""A decision in words, and what is kept of it with its round.

The round keeps one text: the reason, the step as the partner's card has it, and behind them what
the step was made of, so that a correction begins with what was filled in.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.round_step import Step
from bot.text import shortened
from bot.tjek import Check, Decision
from bot.translation import Translator
from bot.words import DECISION

_IF = ("hvis ", "if ")
_PARTS = 4  # lines behind the reason: the card's, the day, who, and what was written
_CARD = 300  # characters of a partner's next step


@dataclass(frozen=True)
class Told:
    """What was said with a decision."""

    reason: str = ""
    said: str = ""  # the step as the partner's card has it; empty where there is none
    step: Step | None = None  # None with a decision from before it was kept, too


def kept(told: Told) -> str:
    """As the round keeps it: a line for each part."""
    parts = [told.reason, told.said] if told.said else [told.reason]
    if told.step:
        parts += [told.step.on.isoformat(), " ".join(told.step.who), told.step.text]
    return "\n".join(parts)


def told_in(text: str) -> Told:
    """The same read again."""
    reason, *rest = text.split("\n")
    if len(rest) != _PARTS:
        return Told(reason, " ".join(rest))
    said, on, who, step = rest
    return Told(reason, said, Step(step, date.fromisoformat(on), tuple(who.split())))


def condition_of(text: str) -> str:
    """A condition as it goes on from an “if”."""
    line = text.strip()
    first = next((word for word in _IF if line.casefold().startswith(word)), "")
    return line[len(first) :].rstrip(" .")


def verdict(t: Translator, check: Check, told: Told | None = None) -> tuple[str, str]:
    """What was decided, and why; the why is empty where it is the condition itself."""
    decision = check.decision or Decision.GO_ON
    if decision is Decision.GO_ON_IF:
        if told and told.said:
            condition = condition_of(told.step.text if told.step else told.said)
            return t("Yes, if {condition}", condition=condition), check.reason
        if check.reason.casefold().startswith(_IF):
            return t("Yes, if {condition}", condition=condition_of(check.reason)), ""
    return t(DECISION[decision]), check.reason


def to_do(t: Translator, decision: Decision, step: Step) -> Step:
    """The step as something one does: whether a condition is met is found out."""
    if decision is not Decision.GO_ON_IF:
        return step
    text = t("Find out whether {condition}", condition=condition_of(step.text))
    return replace(step, text=text)


def on_card(t: Translator, step: Step, names: list[str]) -> str:
    """The step as one line on the partner's card: what, and who sees to it."""
    line = f"{step.text} – {t.list(names)}" if names else step.text
    return shortened(line, _CARD)
