"""Contacts that happened, the words to find them by, and the quick questions that were asked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

# Compared byte by byte whatever the server's locale.
_FOLDED = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("with_whom", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_contact")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_contact_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        op.f("ix_contact_partner"), "contact", ["team_id", "partner_id", "on", "noted_at", "id"]
    )


def _contact_word() -> None:
    op.create_table(
        "contact_word",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("word", _FOLDED, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "word", "contact_id", name=op.f("pk_contact_word")),
        sa.ForeignKeyConstraint(
            ["team_id", "contact_id"],
            ["contact.team_id", "contact.id"],
            name=op.f("fk_contact_word_contact"),
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_contact_word_contact"), "contact_word", ["team_id", "contact_id", "word"]
    )


def _asked_question() -> None:
    op.create_table(
        "asked_question",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "partner_id", "user_id", "field", name=op.f("pk_asked_question")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_asked_question_partner"),
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    _contact()
    _contact_word()
    _asked_question()
