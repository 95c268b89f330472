"""keys of names under which Lý and Lí meet

Revision: 8d3a51c0be27, after 5b0f6f2f7c14
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "8d3a51c0be27"
down_revision = "5b0f6f2f7c14"
branch_labels = None
depends_on = None

FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y\b")


def upgrade() -> None:
    connection = op.get_bind()
    with_y = connection.execute(
        sa.text("SELECT id, name_key FROM person WHERE name_key LIKE '%y%'")
    ).all()
    changed = [
        {"person": id_, "key": new}
        for id_, key in with_y
        if (new := FINAL_Y.sub("i", key)) != key
    ]
    if changed:
        connection.execute(
            sa.text("UPDATE person SET name_key = :key WHERE id = :person"), changed
        )


def downgrade() -> None:
    pass
