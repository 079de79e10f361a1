"""The answers to an evaluation in the thread, a past one's as a modal."""

from dataclasses import dataclass

from bot import evaluation_picture as drawing
from bot.evaluation_parts import parts
from bot.evaluation_result import Result, result
from bot.partner import Partner
from bot.round import Kind, Round
from bot.translation import Translator
from bot.workspace_roles import Action
from handlers import round as rounds
from handlers.desk import Desk
from handlers.house import House
from handlers.language import of_the_library, settings
from handlers.png import png
from handlers.png_thread import Picture, send
from handlers.turn import Turn
from handlers.views import evaluation_result as result_views
from handlers.views import evaluation_reveal as views
from handlers.views import evaluation_trend as trend
from handlers.views.evaluation_figures import finding
from handlers.views.parts import Reply
from storage import circle, round_queries
from storage import delivery as deliveries
from storage import evaluation_remark as remarks
from storage import evaluation_result as results
from storage import partner as register_of
from storage.database import Connection
from storage.delivery import Delivery

# Said in place of charts that Slack does not draw; to nobody, for it is a file in the thread.
PICTURE = "evaluation.picture"
_NOBODY = ""


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(
        rounds.kind_of(Kind.EVALUATION, rounds.REVEAL),
        rounds.in_thread(reveal),
        dead=rounds.cannot_be_shown,
        instead=picture_instead,
    )
    desk.delivers(PICTURE, picture)
    desk.action(result_views.RESULT, show, Action.SEE_PARTNER)


@dataclass(frozen=True)
class Shown:
    """What is told of an evaluation whose answers are shown."""

    result: Result
    partner: Partner


def pieces(conn: Connection, team: str, this: Round) -> int:
    """How many messages the answers take; one to say that there are none."""
    return len(parts(brought(conn, team, this.subject_id).result))


def brought(conn: Connection, team: str, evaluation_id: int) -> Shown:
    """What the evaluation brought.

    Raises:
        UserError: the answers may not be seen yet, or it is gone.
    """
    held, earlier = results.with_earlier(conn, team, evaluation_id)
    partner = register_of.existing(conn, team, held.evaluation.partner_id)
    return Shown(result(held, earlier), partner)


async def reveal(house: House, team: str, delivery: Delivery) -> Reply | None:
    """One of the messages with the answers."""
    shown = await house.store.read(of_round, team, delivery.subject_id)
    laid_out, piece = parts(shown.result), rounds.piece_of(delivery)
    if piece >= len(laid_out):  # it was laid out in more messages by another version
        return None
    await house.store.write(rounds.carry_on, team, delivery, len(laid_out))
    t, lead = await of_the_library(house, team), await _lead(house, team, shown)
    moved = await house.store.read(_moved_meanwhile, team, shown)
    name = shown.partner.name
    return views.message(t, shown.result, laid_out[piece], name, lead, moved=moved)


def _moved_meanwhile(conn: Connection, team: str, shown: Shown) -> bool:
    """Whether the relation came to another level while it was asked about."""
    held = shown.result.held
    moves = circle.history(conn, team, shown.partner.id)
    return any(
        one.from_level is not one.to_level and held.evaluation.opened_at < one.at <= held.at
        for one in moves
    )


def picture_instead(conn: Connection, team: str, delivery: Delivery) -> bool:
    """Put the picture in place of a message with charts; once, however many there were."""
    shown = of_round(conn, team, delivery.subject_id)
    laid_out, piece = parts(shown.result), rounds.piece_of(delivery)
    if piece >= len(laid_out) or not laid_out[piece].charts:
        return False
    number = delivery.subject_id
    put = Delivery(PICTURE, number, _NOBODY, delivery.due, f"{PICTURE}.{number}")
    deliveries.put(conn, team, put)
    return True


async def picture(house: House, team: str, delivery: Delivery) -> None:
    """The trend as a picture in the thread; where it is not shown, the answers stand alone."""
    shown, thread = await house.store.read(_with_thread, team, delivery)
    client = await house.teams.client(team)
    if client is None:
        return
    t = await of_the_library(house, team)
    await send(client, shown.result.held.this.channel, thread, _drawn(t, shown))


async def _drawn(t: Translator, shown: Shown) -> Picture:
    """The trend, with what it shows in words beside it."""
    told, name = shown.result, shown.partner.name
    drawn = await png(drawing.svg(trend.picture(t, told, name)))
    return Picture(drawn, t("trend"), t(trend.HEADING), finding(t, told, name))


def _with_thread(conn: Connection, team: str, delivery: Delivery) -> tuple[Shown, str | None]:
    """What is told, and the message that it hangs below."""
    shown = of_round(conn, team, delivery.subject_id)
    this = shown.result.held.this
    first = rounds.first_of_reveal(this, delivery.due).key
    return shown, this.ts or deliveries.said(conn, team, first)


async def show(turn: Turn) -> None:
    """A past evaluation's result, or another page of the one that is shown."""
    number, _, page = turn.value.partition(".")
    shown = await turn.read(brought, int(number))
    kept = await turn.read(remarks.remarks_of, int(number))
    view = result_views.result_view(turn.t, shown.result, shown.partner.name, kept, int(page or 0))
    await (turn.turn_into(view) if page else turn.open(view))


def of_round(conn: Connection, team: str, round_id: int) -> Shown:
    """The same as brought(), by the round."""
    return brought(conn, team, round_queries.existing(conn, team, round_id).subject_id)


async def _lead(house: House, team: str, shown: Shown) -> views.Lead:
    """Who decides: who leads the round, or the coordinators once she has left."""
    this = shown.result.held.this
    if this.caller_left:
        return views.Lead((await settings(house, team)).coordinators, responsible=False)
    return views.Lead((this.called_by,), this.called_by == shown.partner.responsible)
