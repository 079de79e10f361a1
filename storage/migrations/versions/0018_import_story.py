"""Which rows an import brought, by their numbers; and which changes of a card undid another."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    with op.batch_alter_table("import_run") as table:
        table.add_column(sa.Column("last_id", sa.Integer))
    with op.batch_alter_table("partner_change") as table:
        table.add_column(sa.Column("undo", sa.Boolean))
