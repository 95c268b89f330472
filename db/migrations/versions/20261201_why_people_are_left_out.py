"""why people are left out

Revision: 71c0d94be35f, after 2f6be19c8a40
"""

import sqlalchemy as sa
from alembic import op

revision = "71c0d94be35f"
down_revision = "2f6be19c8a40"
branch_labels = None
depends_on = None

CODES = (
    "left_out IN ('moved_away', 'died', 'insured', 'unwilling', 'wrong_record', 'gives_way',"
    " 'other')"
)


def upgrade() -> None:
    op.execute(
        'ALTER TABLE "match" ADD COLUMN left_out VARCHAR(32)'
        f" CONSTRAINT ck_match_leftout CHECK ({CODES})"
    )
    op.add_column("decision", sa.Column("left_out", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    raise RuntimeError("why people were left out would be forgotten: restore a backup instead")
