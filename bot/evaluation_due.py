"""When a relation is evaluated next, as far as the relation itself decides it.

Which day of a crowded year that becomes is for bot/evaluation_year.py to find.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_relation import Due, Intervals, Moved, Relation
from bot.partner import RelationType, Status
from bot.reminder_cadence import spread

# Who evaluates a collaboration more often does little else together.
APART = relativedelta(months=9)
# A quarter after the last day nobody remembers how it went; the yearly one asks about the rest.
FORGOTTEN = timedelta(days=90)
# The same thing, although its day was corrected meanwhile; what comes next is months away.
THE_SAME = timedelta(days=31)

_DAY = timedelta(days=1)


def due(relation: Relation, intervals: Intervals, today: date) -> tuple[Due, ...]:
    """What is to come: at most one yearly and one pulse, or one of another occasion.

    Those left out lately are among them, for they can be taken up again.
    """
    if not is_evaluated(relation):
        return ()
    if relation.trial:
        found = _before_decision(relation, relation.trial, intervals, today)
    elif relation.level is Level.PARTNERSHIP:
        found = [
            *_pulse(relation, intervals, today),
            *_yearly(relation, intervals, today),
        ]
    else:
        found = _of_collaboration(relation, intervals, today)
    return (*_again(relation), *found)


def is_evaluated(relation: Relation) -> bool:
    """Whether it is evaluated at all: for the network, contact is care enough."""
    return (
        relation.relation_type is RelationType.PARTNER
        and relation.status is Status.ACTIVE
        and relation.level is not Level.NETWORK
        and not relation.archived
        and not relation.switched_off
    )


def _before_decision(
    relation: Relation, trial: tuple[date, date], intervals: Intervals, today: date
) -> list[Due]:
    """Once for a trial, also where the collaboration was evaluated shortly before it began."""
    begun_on, decide_on = trial
    due_on = decide_on - intervals.before_trial * _DAY
    lately = max(begun_on, due_on - APART)
    if decide_on < today or any(one.opened_on >= lately for one in relation.past):
        return []
    return [_moved(relation, Due(Occasion.TRIAL, due_on, latest=decide_on))]


def _yearly(relation: Relation, intervals: Intervals, today: date) -> list[Due]:
    """A year after the last that was no pulse; one left out is a year's answer too."""
    found: list[Due] = []
    day = _first_yearly(relation, intervals)
    while (one := _moved(relation, Due(Occasion.YEARLY, day))).left_out:
        found += [one] if day + THE_SAME >= today else []
        day += relativedelta(months=intervals.yearly)
    return [*found, one]


def _first_yearly(relation: Relation, intervals: Intervals) -> date:
    year = relativedelta(months=intervals.yearly)
    full = (one.opened_on for one in relation.past if one.occasion is not Occasion.PULSE)
    last = max(full, default=None)
    if last:
        return max(last, relation.moved_on or last) + year
    if relation.moved_on:
        return relation.moved_on + year
    day = (relation.start or relation.added_on) + year
    if not relation.imported and day > relation.added_on:
        return day
    # A whole list at once, or long since due when it came: evenly over the first year.
    days = (relation.added_on + year - relation.added_on).days
    return relation.added_on + (1 + spread(relation.partner_id, days)) * _DAY


def _pulse(relation: Relation, intervals: Intervals, today: date) -> list[Due]:
    """Half-way to the next yearly one, where there has been one to hold it against."""
    full = [one.opened_on for one in relation.past if one.occasion is not Occasion.PULSE]
    if not intervals.pulse or not full:
        return []
    last = max(full)
    if any(one.opened_on > last for one in relation.past):
        return []
    due_on = last + relativedelta(months=intervals.yearly // 2)
    latest = due_on + FORGOTTEN  # later than that the yearly one is near
    return _in_time(relation, Due(Occasion.PULSE, due_on, latest=latest), today)


def _of_collaboration(relation: Relation, intervals: Intervals, today: date) -> list[Due]:
    """After an activity, or a year after the last; one yearly waits for an activity that is near.

    Not twice within APART, whatever was asked about before.
    """
    asked = max((one.opened_on for one in relation.past), default=None)
    earliest = asked + APART if asked else date.min
    yearly = _yearly(relation, intervals, today)
    yearly[-1] = _moved(relation, replace(yearly[-1], due_on=max(yearly[-1].due_on, earliest)))
    left_out: list[Due] = []
    for one in _after_activities(relation, intervals, earliest, today):
        if one.left_out:
            left_out.append(one)
        elif one.due_on <= yearly[-1].due_on + FORGOTTEN:
            return [*left_out, *yearly[:-1], one]
    return [*left_out, *yearly]


def _after_activities(
    relation: Relation, intervals: Intervals, earliest: date, today: date
) -> Iterator[Due]:
    for ending in sorted(relation.endings, key=lambda ending: (ending.on, ending.id)):
        here = relation.moved_on is None or ending.on >= relation.moved_on
        if here and not any(one.opened_on >= ending.on for one in relation.past):
            one = Due(
                Occasion.ACTIVITY,
                max(ending.on + intervals.after_activity * _DAY, earliest),
                ending.on + intervals.after_activity * _DAY + FORGOTTEN,
                ending.id,
                ending.what,
            )
            yield from _in_time(relation, one, today)


def _in_time(relation: Relation, one: Due, today: date) -> list[Due]:
    """As it was decided; nothing where its time has passed, unless somebody chose the day."""
    decided = _moved(relation, one)
    over = one.latest is not None and max(one.due_on, today) > one.latest
    return [] if over and not decided.put_on else [decided]


def _moved(relation: Relation, one: Due) -> Due:
    """With the newest decision about it."""
    about = (
        moved
        for moved in relation.moved
        if moved.occasion is one.occasion and abs(moved.due_on - one.due_on) <= THE_SAME
    )
    return replace(one, moved=next(about, None))


def _again(relation: Relation) -> list[Due]:
    """What somebody wants asked once more after it was, while nothing was asked since."""
    found = []
    for wish in relation.moved:
        newest = _moved(relation, Due(wish.occasion, wish.due_on)).moved is wish
        asked_since = any(one.opened_on > wish.on for one in relation.past)
        if wish.to_on and newest and not asked_since and _was_asked(relation, wish):
            found.append(Due(wish.occasion, wish.to_on, moved=wish))
    return found


def _was_asked(relation: Relation, wish: Moved) -> bool:
    return any(
        one.occasion is wish.occasion and abs(one.due_on - wish.due_on) <= THE_SAME
        for one in relation.past
    )
