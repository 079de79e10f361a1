"""Which picture of the circle was drawn last, and the file in Slack that holds it."""

import sqlalchemy as sa

from storage.schema import METADATA, team_column
from storage.types import PlainText, UtcDateTime

# One for each way to place the partners, and for each language that its words are in.
PICTURE = sa.Table(
    "circle_picture",
    METADATA,
    team_column(),
    sa.Column("way", PlainText, primary_key=True),
    sa.Column("language", PlainText, primary_key=True),
    sa.Column("made_of", PlainText, nullable=False),  # a hash of all that is drawn
    sa.Column("file_id", PlainText, nullable=False),
    sa.Column("alt", PlainText, nullable=False),
    sa.Column("drawn_at", UtcDateTime, nullable=False),
)
