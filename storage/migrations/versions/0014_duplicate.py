"""Partners made one, persons who were the same, and pairs that are decided to be two."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "duplicate_merge",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON()),
        sa.Column("undone_by", sa.Text()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_version", sa.Integer()),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_duplicate_merge")),
    )
    for side in ("gone", "kept"):
        op.create_index(f"ix_duplicate_merge_{side}", "duplicate_merge", ["team_id", f"{side}_id"])
    op.create_table(
        "duplicate_person",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("same_as", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person_id", name=op.f("pk_duplicate_person")),
    )
    op.create_index("ix_duplicate_person_same_as", "duplicate_person", ["team_id", "same_as"])
    op.create_table(
        "duplicate_apart",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("one_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to_partner("one"),
        _to_partner("other"),
        sa.PrimaryKeyConstraint("team_id", "one_id", "other_id", name=op.f("pk_duplicate_apart")),
    )
    op.create_index("ix_duplicate_apart_other", "duplicate_apart", ["team_id", "other_id"])


def _to_partner(side: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", f"{side}_id"],
        ["partner.team_id", "partner.id"],
        name=op.f(f"fk_duplicate_apart_{side}"),
        ondelete="CASCADE",
    )
