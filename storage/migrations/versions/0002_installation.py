"""Several libraries in one bot: who has installed it, and installations under way."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text()),
        sa.Column("bot_token", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.Text(), nullable=False),
        sa.Column("app_id", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("installed_by", sa.Text(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_installation")),
    )


def _oauth_state() -> None:
    op.create_table(
        "oauth_state",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "state_hash", name=op.f("pk_oauth_state")),
    )


def upgrade() -> None:
    _installation()
    _oauth_state()
