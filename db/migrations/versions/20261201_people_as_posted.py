"""the people of a posting as they hung

Revision: 2f6be19c8a40, after f2b64a9d1c85
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "2f6be19c8a40"
down_revision = "f2b64a9d1c85"
branch_labels = None
depends_on = None

# Who is eligible hung; so did whom somebody objected to, whatever became of them.
HUNG = """
    SELECT posting.id AS posting, nomination.id AS nomination_id, person.full_name,
        person.birth_date, person.hamlet, nomination.categories, nomination.benefit
    FROM posting
    JOIN nomination ON nomination.list_id = posting.list_id
    JOIN person ON person.id = nomination.person_id
    WHERE nomination.state = 'eligible'
        OR nomination.id IN (SELECT nomination_id FROM objection)
    ORDER BY person.sort_key, person.id
"""


def upgrade() -> None:
    op.add_column("posting", sa.Column("people", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    statement = sa.text(HUNG).columns(categories=sa.JSON())
    people = defaultdict(list)
    for row in connection.execute(statement).mappings():
        line = dict(row)
        posting = line.pop("posting")
        people[posting].append(line | {"birth": line.pop("birth_date")})
    keep = sa.text("UPDATE posting SET people = :people WHERE id = :posting").bindparams(
        sa.bindparam("people", type_=sa.JSON())
    )
    for posting, hung in people.items():
        connection.execute(keep, {"people": hung, "posting": posting})


def downgrade() -> None:
    op.drop_column("posting", "people")
