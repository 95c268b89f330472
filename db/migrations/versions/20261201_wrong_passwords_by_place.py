"""wrong passwords counted by account and place; when a sign-in was last used

Revision: 3b91e6f0c7d8, after d7e2c95b1f40
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "3b91e6f0c7d8"
down_revision = "d7e2c95b1f40"
branch_labels = None
depends_on = None

UTC = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("username", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UTC(), nullable=False),
        sa.Column("locked_until", UTC(), nullable=True),
        sa.PrimaryKeyConstraint("username", "place", name=op.f("pk_sign_in_failure")),
    )
    # Whoever has to wait now has to wait on, wherever they come from.
    op.execute(
        "INSERT INTO sign_in_failure (username, place, failures, last_at, locked_until)"
        " SELECT username, '', 50, locked_until, locked_until FROM account"
        " WHERE locked_until IS NOT NULL"
    )
    op.drop_column("account", "failed_logins")
    op.drop_column("account", "locked_until")
    _add_last_seen()


def _add_last_seen() -> None:
    """By making the table anew: SQLite adds no column that must hold something."""
    bind = op.get_bind()
    old = sa.Table("sign_in", sa.MetaData(), autoload_with=bind)
    kept = [dict(row) for row in bind.execute(sa.select(old)).mappings()]
    op.drop_table("sign_in")
    new = op.create_table(
        "sign_in",
        sa.Column("token_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("browser_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signed_in_at", UTC(), nullable=False),
        sa.Column("expires_at", UTC(), nullable=False),
        sa.Column("last_seen_at", UTC(), nullable=False),
        sa.Column("ended_at", UTC(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False)
    copied = sa.table("sign_in", *(sa.column(column.name) for column in new.columns))
    for row in kept:
        bind.execute(sa.insert(copied), row | {"last_seen_at": row["signed_in_at"]})


def downgrade() -> None:
    raise RuntimeError("who has to wait would be forgotten: restore a backup instead")
