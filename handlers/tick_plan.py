"""What features have signed up for the clock: what they say later, watch, and do every day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.timetable import Calendar, Row
from handlers.views.parts import Reply
from storage.database import Connection
from storage.delivery import Delivery

if TYPE_CHECKING:
    from handlers.house import House
    from handlers.turn import Turn

# Decides again when the moment has come; None where there is nothing to say any more.
Compose = Callable[["House", str, Delivery], Awaitable[Reply | None]]
# In the transaction that marks it said: `after(conn, team, delivery, channel, ts)`.
After = Callable[[Connection, str, Delivery, str, str], None]
# In the transaction that marks it dead, for Slack will never take it: `dead(conn, team, delivery)`.
Dead = Callable[[Connection, str, Delivery], None]
# In the transaction that ends it where Slack does not know its blocks, as may be with new ones:
# `instead(conn, team, delivery)` puts what is said in its place; False where nothing is.
Instead = Callable[[Connection, str, Delivery], bool]
# The moment from which on it is of no use any more, in the hours of who hears it.
Until = Callable[[Delivery, Calendar], datetime]
# Whether a colleague asks it, and not the bot: `asked(conn, team, delivery)`.
Asked = Callable[[Connection, str, Delivery], bool]
# At every tick, once for all libraries: `check(house, now)`.
Check = Callable[["House", datetime], Awaitable[None]]
# When somebody's account in Slack was closed: `left(turn)`, the turn being hers.
Left = Callable[["Turn"], Awaitable[None]]
# In the transaction that marks it done: `job(conn, team, planned_for, now)`.
Job = Callable[[Connection, str, datetime, datetime], None]


@dataclass(frozen=True)
class Kind:
    """A kind of delivery.

    What nobody has asked for, the `unasked`, comes under the noise budget, as what it `says`; of
    several to one person at the same time goes first what has most `value`. What a person asks for
    with a click is refused there and then where the bot may not speak yet (delivery_on).
    """

    compose: Compose
    after: After | None = None
    unasked: bool = False
    dead: Dead | None = None
    says: Budgeted = Budgeted.MESSAGE
    value: Value = Value.REST
    until: Until | None = None
    instead: Instead | None = None
    asked: Asked | None = None


@dataclass
class Plan:
    """Everything that was signed up."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    jobs: list[tuple[Row, Job]] = field(default_factory=list)
    leaving: list[Left] = field(default_factory=list)
