"""The bot put together: one Bolt app, one HTTP session, and every feature signed up at the desk."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from handlers import (
    circle,
    circle_look,
    command,
    contact,
    contact_who,
    delivery_failed,
    digest,
    duplicate,
    evaluation,
    export,
    goal,
    goal_gap,
    history,
    home,
    import_form,
    partner,
    partner_sort,
    privacy,
    reminder,
    report,
    stale,
    tjek,
    tjek_letter,
    tjek_questions,
    workspace,
)
from handlers.clock import Clock
from handlers.delivery_teams import ManyTeams, OneTeam
from handlers.desk import Desk
from handlers.house import House
from storage.database import Store

if TYPE_CHECKING:
    from handlers.install import Credentials

SLACK_TIMEOUT = 30  # seconds for one call of Slack's Web API

# What stands here is what the bot can do.
FEATURES: tuple[Callable[[Desk], None], ...] = (
    circle.register,
    circle_look.register,
    command.register,
    contact.register,
    contact_who.register,
    delivery_failed.register,
    digest.register,
    duplicate.register,
    evaluation.register,
    export.register,
    goal.register,
    goal_gap.register,
    history.register,
    home.register,
    import_form.register,
    partner.register,
    partner_sort.register,
    privacy.register,
    reminder.register,
    report.register,
    tjek.register,
    tjek_letter.register,
    tjek_questions.register,
    workspace.register,
    stale.register,
)


def web_client(api_url: str, token: str | None, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client for everything that posts.

    It retries nothing: the SDK's default sends again after a broken connection and so says twice
    what Slack had already taken.
    """
    return AsyncWebClient(
        token=token, base_url=api_url, timeout=SLACK_TIMEOUT, session=session, retry_handlers=[]
    )


def build(
    *,
    client: AsyncWebClient,
    signing_secret: str | None,
    store: Store,
    clock: Clock,
    credentials: "Credentials | None" = None,
) -> tuple[AsyncApp, House]:
    """The app with all its listeners, and the house they share.

    The client's token is the one workspace's; with `credentials` each library's own is used.
    """
    if client.session is None:
        raise ValueError("The client needs the one aiohttp session of the process")
    house = House(store, clock, client.session)
    tokenless = web_client(client.base_url, None, client.session)
    app = AsyncApp(
        client=tokenless,
        **(_many(house, tokenless, credentials) if credentials else _one(house, client)),
        signing_secret=signing_secret,
        raise_error_for_unhandled_request=False,
        name="partnerbot",  # else Bolt looks for it in the source of every caller
        logger=logging.getLogger("slack_bolt"),
    )
    desk = Desk(app, house)
    for register in FEATURES:
        register(desk)
    return app, house


def _one(house: House, client: AsyncWebClient) -> dict[str, Any]:
    """Bolt's own way asks Slack before it acknowledges, and answers in English if that fails."""
    token = client.token
    if token is None:
        raise ValueError("The client needs the workspace's token")
    house.teams = OneTeam(client)

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    return {"authorize": authorize}


def _many(house: House, client: AsyncWebClient, credentials: "Credentials") -> dict[str, Any]:
    from handlers import install, install_store  # noqa: PLC0415 - only where libraries install

    authorize = install_store.Authorize(house, credentials.vault)
    house.teams = ManyTeams(house.store, client, authorize)
    return {
        "authorize": authorize,
        "oauth_flow": install.flow(house, client, credentials),
        "user_facing_authorize_error_message": install.not_installed(credentials),
    }
