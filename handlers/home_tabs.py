"""The Home tabs that people have opened: what is needed to draw one anew when something changed."""

import math
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.circle_picture import Shown
from bot.home_pages import Pages
from handlers.home_hung import Hung

REMEMBERED = 2000  # tabs; one that is forgotten is drawn when it is opened the next time


@dataclass
class Tab:
    """One person's Home tab as it was drawn last."""

    pages: Pages = field(default_factory=Pages)
    hash: str | None = None  # Slack's name of the drawing; None where it is not known
    renewed_at: float = -math.inf  # time.monotonic() when it was last drawn anew, seconds
    wanted: bool = False  # something changed since
    at_work: bool = False  # it is being drawn anew, or about to be
    picture: Shown | None = None  # that it was drawn with


class Tabs:
    """Who has opened Home in this process, those who did last."""

    def __init__(self) -> None:
        self._tabs: OrderedDict[tuple[str, str], Tab] = OrderedDict()
        self._hung: dict[tuple[str, str], Hung] = {}

    def get(self, team: str, user: str) -> Tab | None:
        """The person's tab, if she has opened it."""
        return self._tabs.get((team, user))

    def opened(self, team: str, user: str) -> Tab:
        """The person's tab, from now on remembered."""
        tab = self._tabs.setdefault((team, user), Tab())
        self._tabs.move_to_end((team, user))
        if len(self._tabs) > REMEMBERED:
            self._tabs.popitem(last=False)
        return tab

    def hung(self, team: str, language: str) -> Hung:
        """What is known of the circle's picture in that language."""
        return self._hung.setdefault((team, language), Hung())

    def of_team(self, team: str) -> list[tuple[str, Tab]]:
        """The tabs of one library's people, by their Slack user ids."""
        return [(user, tab) for (own, user), tab in self._tabs.items() if own == team]

    def drop_team(self, team: str) -> None:
        """Forget the tabs of one library."""
        for key in [key for key in self._tabs if key[0] == team]:
            del self._tabs[key]
        for key in [key for key in self._hung if key[0] == team]:
            del self._hung[key]
