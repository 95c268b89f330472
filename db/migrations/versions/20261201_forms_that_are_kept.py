"""long forms kept while they are filled in

Revision: e5a80c47d913, after 91c0d5e2a7b4
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "e5a80c47d913"
down_revision = "91c0d5e2a7b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_form",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_kept_form_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "form", name=op.f("pk_kept_form")),
    )


def downgrade() -> None:
    op.drop_table("kept_form")
