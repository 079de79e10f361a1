"""Which language a person is spoken to in: her own choice in the bot, else the library's.

Slack's own locale decides nothing: Slack has no Danish, so nearly every Dane's client says en-US.
"""

from bot.translation import Translator
from bot.workspace import Language, Workspace
from handlers.house import House
from storage import workspace as settings_of


async def settings(house: House, team: str) -> Workspace:
    """The library's settings, from memory where they are fresh."""
    return await house.workspaces.fetch(lambda: house.store.read(settings_of.settings, team), team)


async def translator(house: House, team: str, user: str) -> Translator:
    """The sentences in this person's language, the dates in the library's time zone."""
    library = await settings(house, team)

    async def chosen() -> Language:
        return await house.store.read(settings_of.language_of, team, user) or library.language

    language = await house.languages.fetch(chosen, team, user)
    return Translator(language, library.timezone)


async def of_the_library(house: House, team: str) -> Translator:
    """For what is not said to one colleague alone: in the channel, and on paper to a partner."""
    library = await settings(house, team)
    return Translator(library.language, library.timezone)


def forget(house: House, team: str, user: str) -> None:
    """The person has chosen again."""
    house.languages.drop(team, user)
