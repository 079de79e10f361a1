"""Who took the step that a question follows from, and who sees to what a decision leaves to do."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column(
        "circle_question", sa.Column("by", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    for kind, table in (("what_now", "circle_activity"), ("trial", "circle_trial")):
        op.execute(
            f'UPDATE circle_question SET "by" = (SELECT noted_by FROM {table}'  # noqa: S608 - our own table
            f" WHERE {table}.team_id = circle_question.team_id"
            f" AND {table}.id = circle_question.subject_id)"
            f" WHERE kind = '{kind}' AND subject_id IN (SELECT id FROM {table}"
            f" WHERE {table}.team_id = circle_question.team_id)"
        )
    op.create_table(
        "tjek_step",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("tjek_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "tjek_id", "user_id", name=op.f("pk_tjek_step")),
        sa.ForeignKeyConstraint(
            ["team_id", "tjek_id"],
            ["tjek.team_id", "tjek.id"],
            ondelete="CASCADE",
            name=op.f("fk_tjek_step_tjek"),
        ),
    )
    op.create_index(op.f("ix_tjek_step_user"), "tjek_step", ["team_id", "user_id", "done_at"])
