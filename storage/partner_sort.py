"""Which missing facts of a partner nobody wants to be asked about again for now."""

import sqlalchemy as sa

from storage.partner_tables import partner_key
from storage.schema import METADATA, team_column
from storage.types import PlainText, UtcDateTime

SKIPPED = sa.Table(
    "partner_sort",
    METADATA,
    team_column(),
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fact", PlainText, primary_key=True),  # the field's name in bot.partner.Partner
    sa.Column("skipped_at", UtcDateTime, nullable=False),
    partner_key(),
)
