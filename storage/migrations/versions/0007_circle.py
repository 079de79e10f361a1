"""The circle: moves, criteria, activities, trials, and the questions that come due about them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _of_a_partner(
    table: str, *columns: sa.schema.SchemaItem, key: tuple[str, ...] = ("team_id", "id")
) -> None:
    op.create_table(
        table,
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f(f"fk_{table}_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f(f"ix_{table}_partner"), table, ["team_id", "partner_id"])


def _circle_move() -> None:
    _of_a_partner(
        "circle_move",
        sa.Column("from_level", sa.Text(), nullable=False),
        sa.Column("to_level", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
    )


def _circle_gate() -> None:
    _of_a_partner(
        "circle_gate",
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        key=("team_id", "id", "criterion"),
    )


def _circle_activity() -> None:
    _of_a_partner(
        "circle_activity",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_by", sa.Text()),
        sa.Column("over_at", sa.DateTime(timezone=True)),
    )


def _circle_trial() -> None:
    _of_a_partner(
        "circle_trial",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("decide_on", sa.Date(), nullable=False),
        sa.Column("agreed_with", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("settled_by", sa.Text()),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
    )


def _circle_question() -> None:
    _of_a_partner(
        "circle_question",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint(
            "team_id",
            "kind",
            "subject_id",
            "due_on",
            name=op.f("uq_circle_question_team_id_kind_subject_id_due_on"),
        ),
    )
    op.create_index(
        op.f("ix_circle_question_due"),
        "circle_question",
        ["team_id", "answered_at", "withdrawn_at", "due_on"],
    )


def upgrade() -> None:
    _circle_move()
    _circle_gate()
    _circle_activity()
    _circle_trial()
    _circle_question()
