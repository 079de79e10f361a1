"""Settings: so far each person's own language."""

from handlers.desk import Desk
from handlers.language import forget, translator
from handlers.turn import Next, Turn
from handlers.views import workspace as views
from handlers.views.notice import notice_view
from storage import workspace as remembered
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, open_settings)
    desk.submit(views.SUBMIT, save_settings)
    desk.event("user_change", look_again)


async def open_settings(turn: Turn) -> None:
    """`/partner indstillinger`."""
    own = await turn.read(remembered.language_of, turn.user)
    library = await turn.library()
    await turn.open(views.settings_view(turn.t, own, library.language))


async def save_settings(turn: Turn) -> Next:
    """Keep the choice, and say so in the language that was chosen."""
    language = views.read_settings(turn.typed)

    def save(conn: Connection, team: str) -> None:
        remembered.set_language(conn, team, turn.user, language, turn.now)

    await turn.write(save)
    forget(turn.house, turn.team, turn.user)
    t = await translator(turn.house, turn.team, turn.user)
    return Next(notice_view(t, views.saved(t)))


async def look_again(turn: Turn) -> None:
    """Slack says that somebody's profile changed: she may be a guest now, or have left."""
    turn.house.profiles.drop(turn.team, turn.user)
