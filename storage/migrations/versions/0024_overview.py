"""The overview: pictures that are drawn already, what a sorting round leaves, who gets the page."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "circle_picture",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("made_of", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "way", "language", name=op.f("pk_circle_picture")),
    )
    op.create_table(
        "partner_sort",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "partner_id", "fact", name=op.f("pk_partner_sort")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_partner_sort_team_id_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "home_start",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "question", name=op.f("pk_home_start")),
    )
    with op.batch_alter_table("member") as member:
        member.add_column(
            sa.Column("quarterly", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("duplicate_merge") as merge:
        merge.add_column(sa.Column("past", sa.JSON()))
    op.create_index("ix_partner_next_step_on", "partner", ["team_id", "next_step_on"])
    op.create_index(
        "ix_partner_place",
        "partner",
        ["team_id", "archived", "relation_type", "level", "status", "id"],
    )
    op.create_index("ix_contact_noted_by", "contact", ["team_id", "noted_by", "partner_id"])
