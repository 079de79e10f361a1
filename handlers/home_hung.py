"""The picture of the circle as Home knows it: what hangs there, and what Slack would not show.

It is looked after beside the drawing of Home, which never waits for it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.circle_picture import Shown

# The picture tells of weeks: it need not follow each click, and each new one is a file in Slack.
LOOK_AGAIN = timedelta(minutes=10)


@dataclass
class Hung:
    """One library's, in one language."""

    picture: Shown | None = None
    looked_at: datetime | None = None
    at_work: bool = False
    refused: dict[str, datetime] = field(default_factory=dict)  # when, by file id

    def is_due(self, now: datetime) -> bool:
        """Whether somebody may look for a newer one."""
        old = self.looked_at is None or now - self.looked_at >= LOOK_AGAIN
        return old and not self.at_work

    def refuse(self, picture: Shown, now: datetime) -> bool:
        """Slack does not show it: take it down; whether that is so for the second time.

        A file that was sent just now may not be ready yet, and is tried again a while later.
        """
        again = picture.file_id in self.refused
        self.refused[picture.file_id] = now
        self.picture = None
        return again

    def hang(self, picture: Shown | None, now: datetime) -> None:
        """Put up what was found, unless Slack would not show it a moment ago.

        Where nothing was, for whatever passing reason, that hangs on which Slack still has.
        """
        self.looked_at = now
        if picture is None:
            return
        tried = self.refused.get(picture.file_id)
        if tried is None or now - tried >= LOOK_AGAIN:
            self.picture = picture
