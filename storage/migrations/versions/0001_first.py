"""The first tables: settings, the register, checks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

# Compared byte by byte whatever the server's locale.
_FOLDED = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _last_id() -> None:
    op.create_table(
        "last_id",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_last_id")),
    )


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_member")),
    )


def _partner() -> None:
    op.create_table(
        "partner",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("cvr", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("relation_type", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("agreement_link", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_step_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("picture_link", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("folded_name", _FOLDED, nullable=False),
        sa.Column("bare_name", _FOLDED, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_partner")),
    )
    op.create_index(op.f("ix_partner_bare_name"), "partner", ["team_id", "bare_name"])
    op.create_index(
        op.f("ix_partner_folded_name"), "partner", ["team_id", "archived", "folded_name"]
    )
    op.create_index(op.f("ix_partner_touched_at"), "partner", ["team_id", "archived", "touched_at"])


def _seen() -> None:
    op.create_table(
        "seen",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_seen")),
    )
    op.create_index(op.f("ix_seen_at"), "seen", ["team_id", "at"])


def _workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_workspace")),
    )


def _contact_person() -> None:
    op.create_table(
        "contact_person",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_contact_person")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_contact_person_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_contact_person_partner"), "contact_person", ["team_id", "partner_id"])


def _partner_change() -> None:
    op.create_table(
        "partner_change",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_partner_change")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_partner_change_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        op.f("ix_partner_change_partner"), "partner_change", ["team_id", "partner_id", "version"]
    )


def _partner_tag() -> None:
    op.create_table(
        "partner_tag",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "partner_id", "facet", "position", name=op.f("pk_partner_tag")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_partner_tag_partner"),
            ondelete="CASCADE",
        ),
    )


def _partner_tie() -> None:
    op.create_table(
        "partner_tie",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "partner_id", "tie", "user_id", name=op.f("pk_partner_tie")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_partner_tie_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_partner_tie_user"), "partner_tie", ["team_id", "user_id"])


def _partner_word() -> None:
    op.create_table(
        "partner_word",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("word", _FOLDED, nullable=False),
        sa.Column("origin", sa.SmallInteger(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "word", "origin", "partner_id", name=op.f("pk_partner_word")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_partner_word_partner"),
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_partner_word_partner"), "partner_word", ["team_id", "partner_id", "word", "origin"]
    )


def _tjek() -> None:
    op.create_table(
        "tjek",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer()),
        sa.Column("partner_name", sa.Text(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("short", sa.Boolean(), nullable=False),
        sa.Column("gone_on", sa.Boolean(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("decision", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("wording", sa.JSON()),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_tjek")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_tjek_partner"),
        ),
    )
    op.create_index(op.f("ix_tjek_partner"), "tjek", ["team_id", "partner_id"])
    op.create_index(op.f("ix_tjek_started_by"), "tjek", ["team_id", "started_by"])


def _tjek_answer() -> None:
    op.create_table(
        "tjek_answer",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("tjek_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "tjek_id", "user_id", "question_id", name=op.f("pk_tjek_answer")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "tjek_id"],
            ["tjek.team_id", "tjek.id"],
            name=op.f("fk_tjek_answer_tjek"),
            ondelete="CASCADE",
        ),
    )


def _tjek_note() -> None:
    op.create_table(
        "tjek_note",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("tjek_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "tjek_id", "user_id", "page", name=op.f("pk_tjek_note")),
        sa.ForeignKeyConstraint(
            ["team_id", "tjek_id"],
            ["tjek.team_id", "tjek.id"],
            name=op.f("fk_tjek_note_tjek"),
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    _last_id()
    _member()
    _partner()
    _seen()
    _workspace()
    _contact_person()
    _partner_change()
    _partner_tag()
    _partner_tie()
    _partner_word()
    _tjek()
    _tjek_answer()
    _tjek_note()
