"""What a colleague has heard of, how often is asked about a partner, and what is handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    _of_a_partner(
        "reminder_told",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer()),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("letter", sa.Text()),
    )
    op.create_index(op.f("ix_reminder_told_user"), "reminder_told", ["team_id", "user_id"])
    op.create_index(op.f("ix_reminder_told_letter"), "reminder_told", ["team_id", "letter"])
    op.create_table(
        "reminder_letter",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("besides", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_reminder_letter")),
    )
    op.create_index(op.f("ix_reminder_letter_on"), "reminder_letter", ["team_id", "on"])
    op.create_table(
        "reminder_reader",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("clicked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_reminder_reader")),
    )
    op.create_table(
        "reminder_cadence",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("on_the_way", sa.Integer(), nullable=False),
        sa.Column("ask", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "place", name=op.f("pk_reminder_cadence")),
    )
    _of_a_partner(
        "reminder_partner",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("on_the_way", sa.Integer()),
        sa.Column("ask", sa.Integer()),
        sa.Column("agreement_ends", sa.Date()),
    )
    _of_a_partner(
        "reminder_handover",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("responsible", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        op.f("ix_reminder_handover_to"), "reminder_handover", ["team_id", "to", "state"]
    )


def _of_a_partner(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            ondelete="CASCADE",
            name=op.f(f"fk_{name}_partner"),
        ),
    )
    op.create_index(op.f(f"ix_{name}_partner"), name, ["team_id", "partner_id"])
