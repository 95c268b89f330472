"""several unfinished uploads of one account

Revision: d7e2c95b1f40, after c41f0a7d92b5
"""

import hashlib

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "d7e2c95b1f40"
down_revision = "c41f0a7d92b5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    old = sa.Table("upload_draft", sa.MetaData(), autoload_with=bind)
    kept = [dict(row) for row in bind.execute(sa.select(old)).mappings()]
    op.drop_table("upload_draft")
    new = op.create_table(
        "upload_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("file_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "new_round",
                "correction",
                "addition",
                name="uploadpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("announced", sa.Integer(), nullable=True),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_upload_draft_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_upload_draft_commune_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_draft")),
    )
    op.create_index(op.f("ix_upload_draft_account_id"), "upload_draft", ["account_id"])
    for draft in kept:
        draft["file_sha256"] = hashlib.sha256(draft["content"]).hexdigest()
        bind.execute(sa.insert(new), draft)


def downgrade() -> None:
    raise RuntimeError("one account keeps one unfinished upload there: restore a backup instead")
