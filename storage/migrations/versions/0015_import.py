"""Files that were read in, and the partners that came of them or were changed by them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "import_run",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Text()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("refused", sa.Text()),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_at", "import_run", ["team_id", "at"])
    op.create_table(
        "import_partner",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("new", sa.Boolean(), nullable=False),
        sa.Column("noted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "import_id"],
            ["import_run.team_id", "import_run.id"],
            name=op.f("fk_import_partner_import_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "team_id", "import_id", "partner_id", name=op.f("pk_import_partner")
        ),
    )
    op.create_index("ix_import_partner_partner", "import_partner", ["team_id", "partner_id"])
