"""What an installation leaves behind: the library's token, and the states handed to browsers."""

import hashlib
import logging
import secrets
from datetime import timedelta
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.oauth.installation_store import Installation as Installed
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.errors import UserError
from bot.workspace import Installation
from handlers.house import House
from handlers.vault import Vault, WrongKeyError
from storage import workspace as settings_of
from storage import workspace_installation as remembered
from storage.database import Connection, Store

log = logging.getLogger(__name__)

STATE_SECONDS = 600  # as long as Slack's own code holds, which the browser brings back with it


class Installations(AsyncInstallationStore):
    """Where Bolt's installation flow puts what Slack gave."""

    def __init__(self, house: House, vault: Vault) -> None:
        self._house = house
        self._vault = vault

    @property
    def logger(self) -> logging.Logger:
        """Where it logs."""
        return log

    async def async_save(self, installation: Installed) -> None:
        """Keep it in place of a former one; UserError for what Partnerbot cannot live with."""
        team, token = installation.team_id, installation.bot_token
        if installation.is_enterprise_install or not team or not token:
            raise UserError(
                "Partnerbot is installed in one workspace at a time. Choose your library's."
            )
        if installation.bot_refresh_token:
            raise UserError(
                "Token rotation is on in the Slack app, and Partnerbot needs it off. Tell the one"
                " who looks after Partnerbot."
            )
        kept = Installation(
            enterprise=installation.enterprise_id,
            sealed_token=self._vault.seal(token),
            bot_user=installation.bot_user_id or "",
            bot_id=installation.bot_id or "",
            app_id=installation.app_id or "",
            scopes=tuple(installation.bot_scopes or ()),
            installed_by=installation.user_id,
            installed_at=self._house.clock.now(),
        )
        await self._house.store.write(_install, team, kept)
        self._house.forget(team)
        log.info("Installed in %s by %s", team, installation.user_id)


def _install(conn: Connection, team: str, kept: Installation) -> None:
    """Keep it; whoever installs is the coordinator, where the library has none."""
    remembered.install(conn, team, kept)
    library = settings_of.settings(conn, team, lock=True)
    if not library.coordinators:
        by, now = kept.installed_by, kept.installed_at
        named = library.model_copy(update={"coordinators": (by,)})
        settings_of.save_settings(conn, team, named, now=now, by=by)


class States(AsyncOAuthStateStore):
    """The states handed out and not yet brought back; the database knows only their hashes."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def logger(self) -> logging.Logger:
        """Where it logs."""
        return log

    async def async_issue(self, *_args: object, **_named: object) -> str:
        """A state that nobody can guess."""
        state, now = secrets.token_urlsafe(32), self._house.clock.now()
        expires_at = now + timedelta(seconds=STATE_SECONDS)
        await self._house.store.write(
            remembered.hand_out_state, _hash(state), now=now, expires_at=expires_at
        )
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it is one of ours, fresh, and brought back for the first time."""
        now = self._house.clock.now()
        return await self._house.store.write(remembered.take_back_state, _hash(state), now=now)


class Authorize(AsyncAuthorize):
    """Finds the library's token for each request, without asking Slack whether it still holds."""

    def __init__(self, house: House, vault: Vault) -> None:
        self._house = house
        self._vault = vault

    async def __call__(
        self,
        *,
        team_id: str | None,
        **_more: Any,  # noqa: ANN401 - whatever else Bolt knows of the request
    ) -> AuthorizeResult | None:
        """The token, from memory where it is fresh; None where the bot is not installed."""
        if team_id is None:
            return None
        return self._house.authorized.get(team_id) or await self._look_up(team_id)

    async def _look_up(self, team_id: str) -> AuthorizeResult | None:
        try:
            found = await self._house.store.read(remembered.installation, team_id)
        except UserError:
            # Let in without a token: the desk meets the same database, and tells the person.
            return AuthorizeResult(enterprise_id=None, team_id=team_id)
        if found is None:
            return None
        try:
            token = self._vault.unseal(found.sealed_token)
        except WrongKeyError:
            log.exception("No key of PARTNERBOT_TOKEN_KEY opens the token of %s", team_id)
            return None
        result = AuthorizeResult(
            enterprise_id=found.enterprise,
            team_id=team_id,
            bot_user_id=found.bot_user,
            bot_id=found.bot_id,
            bot_token=token,
            bot_scopes=found.scopes,
        )
        return self._house.authorized.put(result, team_id)


async def use_newest_key(store: Store, vault: Vault) -> None:
    """Seal every token with the first key, so that the keys after it can be taken out."""
    locked = await store.write(_reseal, vault)
    if locked:
        log.error(
            "No key of PARTNERBOT_TOKEN_KEY opens the tokens of %s. Put the former key after the"
            " new one, with a comma between, or let these libraries install again.",
            ", ".join(locked),
        )


def _reseal(conn: Connection, vault: Vault) -> list[str]:
    """The teams whose tokens no key opens."""
    locked = []
    for team in remembered.teams(conn):
        found = remembered.installation(conn, team)
        if found is None or vault.is_newest(found.sealed_token):
            continue
        try:
            token = vault.unseal(found.sealed_token)
        except WrongKeyError:
            locked.append(team)
        else:
            remembered.reseal(conn, team, vault.seal(token))
    return locked


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
