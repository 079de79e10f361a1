"""The six criteria at the desk: answered, answered anew, and noted upon."""

from dataclasses import replace

from bot.circle_gate import Answer, Gate, checked
from bot.circle_partner import check_may_move
from bot.partner import Partner
from bot.workspace_roles import Action
from handlers.circle_activity import story_of
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import circle_gate as form
from handlers.views.circle import About, about
from handlers.views.circle_story import GATE
from storage import circle_gate as gates
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(GATE, begin, Action.MOVE_PARTNER)
    desk.submit(form.ANSWERED, answer, Action.MOVE_PARTNER)
    desk.submit(form.NOTED, note, Action.MOVE_PARTNER)


async def begin(turn: Turn) -> None:
    """The questions, as they were answered last."""

    def load(conn: Connection, team: str) -> tuple[Partner, Gate | None]:
        partner = register_of.existing(conn, team, int(turn.value))
        check_may_move(partner)
        return partner, gates.newest(conn, team, partner.id)

    partner, former = await turn.read(load)
    await turn.show(form.gate_view(turn.t, partner, about(partner), former))


async def answer(turn: Turn) -> Next:
    """Kept beside the former answers; a note stays as long as its answer does."""
    here = About.read(turn.note)
    gate = await turn.write(_keep, turn, here)
    return Next(form.notes_view(turn.t, gate, replace(here, subject_id=gate.id), turn.today))


async def note(turn: Turn) -> Next:
    """The notes, and then the whole story."""
    here = About.read(turn.note)
    await turn.write(_note, turn, here)
    return await turn.read(story_of, turn, here.partner_id)


def _keep(conn: Connection, team: str, turn: Turn, here: About) -> Gate:
    former = gates.newest(conn, team, here.partner_id)
    standings = form.read_answers(turn.typed)
    answers = {one: Answer(standing) for one, standing in standings.items()}
    if former:
        answers = {
            one: before if (before := former.answers[one]).standing is given.standing else given
            for one, given in answers.items()
        }
    gate = Gate(here.partner_id, turn.user, turn.now, answers)
    return gates.keep(conn, team, checked(gate))


def _note(conn: Connection, team: str, turn: Turn, here: About) -> None:
    register_of.existing(conn, team, here.partner_id, lock=True)
    gate = gates.get(conn, team, here.subject_id)
    notes = form.read_notes(turn.typed)
    answers = {
        one: replace(before, note=notes.get(one, before.note))
        for one, before in gate.answers.items()
    }
    gates.note(conn, team, checked(replace(gate, answers=answers)))
