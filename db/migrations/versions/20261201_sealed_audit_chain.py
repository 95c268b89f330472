"""the audit chain is sealed with a key that is not in the database

Revision: f2b64a9d1c85, after e5a80c47d913
"""

import sqlalchemy as sa
from alembic import op

from db.audit_chain import seal_of

revision = "f2b64a9d1c85"
down_revision = "e5a80c47d913"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_head", sa.Column("seal", sa.String(64), nullable=False, server_default=""))
    number, last_hash = op.get_bind().execute(
        sa.text("SELECT last_id, last_hash FROM audit_head")
    ).one()
    if number:
        seal = sa.text("UPDATE audit_head SET seal = :seal").bindparams(
            seal=seal_of(number, last_hash)
        )
        op.execute(seal)


def downgrade() -> None:
    op.drop_column("audit_head", "seal")
