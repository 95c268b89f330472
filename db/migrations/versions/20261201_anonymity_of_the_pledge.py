"""a pledge is anonymous, not its donor for ever

Revision: 91c0d5e2a7b4, after 3b91e6f0c7d8
"""

import sqlalchemy as sa
from alembic import op

revision = "91c0d5e2a7b4"
down_revision = "3b91e6f0c7d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "pledge", sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE pledge SET anonymous ="
        " (SELECT donor.anonymous FROM donor WHERE donor.id = pledge.donor_id)"
    )
    op.drop_column("donor", "anonymous")


def downgrade() -> None:
    op.add_column(
        "donor", sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE donor SET anonymous = EXISTS (SELECT 1 FROM pledge"
        " WHERE pledge.donor_id = donor.id AND pledge.anonymous)"
    )
    op.drop_column("pledge", "anonymous")
