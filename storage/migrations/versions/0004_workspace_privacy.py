"""Settings with their former versions, each colleague's own, and the duties towards persons."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _workspace_version() -> None:
    op.create_table(
        "workspace_version",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "version", name=op.f("pk_workspace_version")),
    )
    op.execute(
        'INSERT INTO workspace_version (team_id, version, settings, "by", "at")'
        " SELECT team_id, version, settings, '', created_at FROM workspace"
    )


def _member() -> None:
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("away_until", sa.Date()))
        member.add_column(sa.Column("deputy", sa.Text()))
        member.add_column(
            sa.Column("frequency", sa.Text(), nullable=False, server_default="weekly")
        )


def _person_privacy() -> None:
    op.create_table(
        "person_privacy",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("informed_on", sa.Date()),
        sa.Column("informed_how", sa.Text(), nullable=False, server_default=""),
        sa.Column("informed_by", sa.Text()),
        sa.Column("no_contact", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("anonymised_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "person_id", name=op.f("pk_person_privacy")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_person_privacy_partner"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_person_privacy_partner"), "person_privacy", ["team_id", "partner_id"])


def _tombstone() -> None:
    op.create_table(
        "tombstone",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "hash", name=op.f("pk_tombstone")),
    )


def _disclosure() -> None:
    op.create_table(
        "disclosure",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_person"), "disclosure", ["team_id", "person_id"])


def upgrade() -> None:
    _workspace_version()
    _member()
    _person_privacy()
    _tombstone()
    _disclosure()
