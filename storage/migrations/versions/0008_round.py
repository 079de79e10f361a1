"""Rounds with their invitations, answers and notes; and which planned jobs have run."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _round() -> None:
    op.create_table(
        "round",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer()),
        sa.Column("called_by", sa.Text(), nullable=False),
        sa.Column("caller_left", sa.Boolean(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudge_at", sa.DateTime(timezone=True)),
        sa.Column("nudged_at", sa.DateTime(timezone=True)),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("wording", sa.JSON()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("revealed_at", sa.DateTime(timezone=True)),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_round")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_round_partner"),
            ondelete="CASCADE",
        ),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        op.f("ix_round_open"),
        "round",
        ["team_id", "kind", "subject_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(op.f("ix_round_deadline"), "round", ["team_id", "state", "deadline"])
    op.create_index(op.f("ix_round_partner"), "round", ["team_id", "partner_id"])


def _round_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "round_id"],
        ["round.team_id", "round.id"],
        name=op.f(f"fk_{table}_round"),
        ondelete="CASCADE",
    )


def _round_invited() -> None:
    op.create_table(
        "round_invited",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "round_id", "user_id", name=op.f("pk_round_invited")),
        _round_key("round_invited"),
    )
    op.create_index(
        op.f("ix_round_invited_user"), "round_invited", ["team_id", "user_id", "standing"]
    )


def _sheet(table: str, about: str, text: str) -> None:
    op.create_table(
        table,
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column(about, sa.Text(), nullable=False),
        sa.Column(text, sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "round_id", "user_id", about, name=op.f(f"pk_{table}")),
        _round_key(table),
    )


def _job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("planned_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "job", "planned_for", name=op.f("pk_job_run")),
    )


def upgrade() -> None:
    _round()
    _round_invited()
    _sheet("round_answer", "question_id", "answer")
    _sheet("round_note", "about", "note")
    _job_run()
