"""all points in the policy; categories as the file had them

Revision: c41f0a7d92b5, after 8d3a51c0be27
"""

import sqlalchemy as sa
from alembic import op

revision = "c41f0a7d92b5"
down_revision = "8d3a51c0be27"
branch_labels = None
depends_on = None

POINTS = {"never_insured": 10, "lapsed": 5, "per_dependant": 3, "dependants_at_most": 9}
"""What counted for everybody until now, so that no frozen policy counts anything else."""


def upgrade() -> None:
    for name, points in POINTS.items():
        op.add_column(
            "policy", sa.Column(name, sa.Integer(), nullable=False, server_default=str(points))
        )
    op.add_column("category", sa.Column("as_loaded", sa.String(64), nullable=True))
    op.drop_column("match", "warnings")


def downgrade() -> None:
    op.add_column(
        "match", sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]")
    )
    op.drop_column("category", "as_loaded")
    for name in POINTS:
        op.drop_column("policy", name)
