"""The line through time: the steps of a relation and its trials, one entry each."""

from datetime import date, datetime

from slackblocks import RichTextSection

from bot.circle import Move, Why
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_trial import Outcome, PutOff, Trial
from bot.circle_words import WHY, moved
from bot.text import capital
from bot.translation import Translator
from handlers.views.parts import Person, line, whose


def told(
    t: Translator, course: Course, today: date, *, whole: bool = False
) -> list[RichTextSection]:
    """What happened, the oldest first; `whole`: with what was learned at each step."""
    entries = [
        (move.at, _step(t, move, course.decided_by(move), today, whole=whole))
        for move in course.moves
    ]
    for trial in course.trials:
        entries.append((trial.noted_at, _begun(t, trial, today, whole=whole)))
        if stayed(trial) and trial.settled_at:
            entries.append((trial.settled_at, settled(t, trial, today)))
    entries += [(one.at, _put_off(t, one, today)) for one in course.put_off]
    entries += [(one.over_at, _over(t, one, today)) for one in course.over_alone if one.over_at]
    return [entry for _, entry in sorted(entries, key=lambda entry: entry[0])]


def stayed(trial: Trial) -> bool:
    """Whether it came to its end without a step through the circle."""
    return trial.outcome is Outcome.COLLABORATION


def settled(t: Translator, trial: Trial, today: date) -> RichTextSection:
    """A trial that left the relation where it was."""
    return line(
        t("{day}: the trial ended, and it stayed a collaboration, {who}."),
        day=day_of(t, trial.settled_at or trial.noted_at, today),
        who=Person(trial.settled_by or ""),
    )


def why_of(t: Translator, move: Move) -> str:
    """In the colleague's own words where there are any, behind what was chosen."""
    reason = move.reason.rstrip(".")
    chosen = t(WHY[move.why]) if move.why in WHY else ""
    if not reason:
        return chosen
    if not chosen or move.inwards or move.why in (Why.OTHER, Why.JUDGED):
        return reason
    return f"{chosen} – {reason}"


def day_of(t: Translator, when: datetime | date, today: date) -> str:
    """At the beginning of a line."""
    day = when.astimezone(t.zone).date() if isinstance(when, datetime) else when
    return capital(t.ago(day, today))


def _begun(t: Translator, trial: Trial, today: date, *, whole: bool) -> RichTextSection:
    sentence = t("{day}: on trial until {until}, {who}.")
    if whole and trial.agreed_with:
        sentence = t("{day}: on trial until {until}, {who}: agreed with {whom}.")
    return line(
        sentence,
        day=day_of(t, trial.noted_at, today),
        until=t.long_day(trial.decide_on, today),
        who=Person(trial.noted_by),
        whom=trial.agreed_with.rstrip("."),
    )


def _put_off(t: Translator, put_off: PutOff, today: date) -> RichTextSection:
    return line(
        t("{day}: the trial was put off until {until}, {who}."),
        day=day_of(t, put_off.at, today),
        until=t.long_day(put_off.until, today),
        who=Person(put_off.by),
    )


def _over(t: Translator, activity: Activity, today: date) -> RichTextSection:
    return line(
        t("{day}: “{what}” was over, {who}."),
        day=day_of(t, activity.over_at or activity.noted_at, today),
        what=activity.what,
        who=Person(activity.over_by or ""),
    )


def _step(
    t: Translator, move: Move, decided: Trial | None, today: date, *, whole: bool
) -> RichTextSection:
    why = why_of(t, move)
    template = t("{day}: {way}, {who}: {why}.") if why else t("{day}: {way}, {who}.")
    if move.why is Why.JUDGED and move.by:
        template = t("{day}: {way}. Moved by {who}, because “{why}”.")
    if decided and move.why is not Why.TRIAL:  # there the reason says it
        template += " " + t("That ended the trial.")
    if whole and move.learned:
        template += " " + t("We take with us: “{learned}”.")
    if whole and move.told:
        template += " " + t("To be told: “{told}”.")
    return line(
        template,
        day=day_of(t, move.at, today),
        way=t(moved(move)),
        who=whose(t, move.by),
        why=why,
        learned=move.learned.rstrip("."),
        told=move.told.rstrip("."),
    )
