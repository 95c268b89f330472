"""uploads that can be undone, columns that are remembered

Revision: 5b0f6f2f7c14, after e9c41d704377
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "5b0f6f2f7c14"
down_revision = "e9c41d704377"
branch_labels = None
depends_on = None

PURPOSES = "purpose IN ('new_round', 'correction', 'addition')"


def upgrade() -> None:
    op.add_column(
        "upload",
        sa.Column("file_sha256", sa.String(length=64), nullable=False, server_default=""),
    )
    op.add_column("upload", sa.Column("effects", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("upload", sa.Column("undone_by", sa.String(length=64), nullable=True))
    op.add_column("upload", sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column("upload", sa.Column("undone", sa.JSON(), nullable=False, server_default="{}"))
    op.create_index(op.f("ix_upload_file_sha256"), "upload", ["file_sha256"], unique=False)
    # In words of our own: SQLite takes a check with a new column, not after it.
    op.execute(
        "ALTER TABLE upload ADD COLUMN purpose VARCHAR(32) DEFAULT 'new_round' NOT NULL"
        f" CONSTRAINT ck_upload_uploadpurpose CHECK ({PURPOSES})"
    )
    op.execute(
        "ALTER TABLE upload_draft ADD COLUMN purpose VARCHAR(32)"
        f" CONSTRAINT ck_upload_draft_uploadpurpose CHECK ({PURPOSES})"
    )
    op.add_column("upload_draft", sa.Column("announced", sa.Integer(), nullable=True))
    op.create_table(
        "column_memory",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("header_key", sa.String(length=120), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("header", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_column_memory_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_column_memory_office_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "header_key", name=op.f("pk_column_memory")),
    )
    op.create_index(
        op.f("ix_column_memory_office_id"), "column_memory", ["office_id"], unique=False
    )


def downgrade() -> None:
    raise RuntimeError("what was sent and undone would be forgotten: restore a backup instead")
