"""first tables

Revision: e9c41d704377, after None
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "e9c41d704377"
down_revision = None
branch_labels = None
depends_on = None


INSERT_ONLY = ("audit_entry", "decision", "outcome", "receipt", "goal", "proposal_participant")

MAKER_IS_CHECKER = (
    "EXISTS (SELECT 1 FROM proposal_participant p"
    " WHERE p.proposal_id = NEW.proposal_id AND p.account_id = NEW.account_id)"
)
DECIDED_BEFORE = (
    "EXISTS (SELECT 1 FROM decision d"
    " WHERE d.proposal_id = NEW.proposal_id AND d.account_id = NEW.account_id)"
)


def guard() -> None:
    """What no application bug may undo: insert-only tables, two people, frozen policies."""
    if op.get_bind().dialect.name == "sqlite":
        for table in INSERT_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'insert_only:{table}'); END"
                )
        op.execute(
            "CREATE TRIGGER decision_two_people BEFORE INSERT ON decision "
            f"WHEN {MAKER_IS_CHECKER} BEGIN SELECT RAISE(ABORT, 'maker_is_checker'); END"
        )
        op.execute(
            "CREATE TRIGGER participant_two_people BEFORE INSERT ON proposal_participant "
            f"WHEN {DECIDED_BEFORE} BEGIN SELECT RAISE(ABORT, 'maker_is_checker'); END"
        )
        op.execute(
            "CREATE TRIGGER policy_frozen BEFORE UPDATE ON policy "
            "WHEN OLD.frozen_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'policy_frozen'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23514'; END $$"
    )
    for table in INSERT_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse('insert_only:{table}')"
        )
    op.execute(
        "CREATE FUNCTION refuse_maker_as_checker() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {MAKER_IS_CHECKER} THEN RAISE EXCEPTION 'maker_is_checker' "
        "USING ERRCODE = '23514'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_checker_as_maker() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {DECIDED_BEFORE} THEN RAISE EXCEPTION 'maker_is_checker' "
        "USING ERRCODE = '23514'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER decision_two_people BEFORE INSERT ON decision "
        "FOR EACH ROW EXECUTE FUNCTION refuse_maker_as_checker()"
    )
    op.execute(
        "CREATE TRIGGER participant_two_people BEFORE INSERT ON proposal_participant "
        "FOR EACH ROW EXECUTE FUNCTION refuse_checker_as_maker()"
    )
    op.execute(
        "CREATE TRIGGER policy_frozen BEFORE UPDATE ON policy FOR EACH ROW "
        "WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION refuse('policy_frozen')"
    )


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("record_kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("record_id", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("from_state", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
        sa.Column("to_state", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("hash_before", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_index(op.f("ix_audit_entry_action"), "audit_entry", ["action"], unique=False)
    op.create_index(op.f("ix_audit_entry_actor"), "audit_entry", ["actor"], unique=False)
    op.create_index(
        op.f("ix_audit_entry_record_kind_record_id"),
        "audit_entry",
        ["record_kind", "record_id"],
        unique=False,
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("last_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "category",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("neutral_label", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("points_hi", sa.Integer(), nullable=True),
        sa.Column("points_si", sa.Integer(), nullable=True),
        sa.Column("hi_excluded", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_category")),
        sa.UniqueConstraint("label", name=op.f("uq_category_label")),
    )
    op.create_table(
        "database_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.CheckConstraint("kind IN ('real','demo','test')", name=op.f("ck_database_kind_known")),
        sa.CheckConstraint("id = 1", name=op.f("ck_database_kind_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_database_kind")),
    )
    op.create_table(
        "ethnic_group",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ethnic_group")),
        sa.UniqueConstraint("name", name=op.f("uq_ethnic_group_name")),
    )
    op.create_table(
        "province",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("short_name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("abbreviation", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("tile_row", sa.Integer(), nullable=False),
        sa.Column("tile_col", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_province")),
        sa.UniqueConstraint("abbreviation", name=op.f("uq_province_abbreviation")),
    )
    op.create_index(op.f("ix_province_region"), "province", ["region"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("record_kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("content_type", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_attachment_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(
        op.f("ix_attachment_record_kind_record_id"),
        "attachment",
        ["record_kind", "record_id"],
        unique=False,
    )
    op.create_table(
        "commune",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_commune_province_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_commune")),
    )
    op.create_index(op.f("ix_commune_province_code"), "commune", ["province_code"], unique=False)
    op.create_table(
        "counter",
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_counter_province_code")
        ),
        sa.PrimaryKeyConstraint("kind", "province_code", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "donor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("name_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("tax_code", sqlmodel.sql.sqltypes.AutoString(length=14), nullable=True),
        sa.Column("contact", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_donor_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donor")),
    )
    op.create_index(
        op.f("ix_donor_province_code_name_key"),
        "donor",
        ["province_code", "name_key"],
        unique=False,
    )
    op.create_index(op.f("ix_donor_tax_code"), "donor", ["tax_code"], unique=False)
    op.create_table(
        "former_province",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("cccd_prefix", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("now_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["now_code"], ["province.code"], name=op.f("fk_former_province_now_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_former_province")),
        sa.UniqueConstraint("cccd_prefix", name=op.f("uq_former_province_cccd_prefix")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_office_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_province_code"), "office", ["province_code"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("partners", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "rejected",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("proposed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_plan_period_in_order")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_plan_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(
        op.f("ix_plan_province_code_year"), "plan", ["province_code", "year"], unique=False
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("tie_breaks", sa.JSON(), nullable=False),
        sa.Column("seed", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("posting_days", sa.Integer(), nullable=False),
        sa.Column("objection_days", sa.Integer(), nullable=False),
        sa.Column("proposal_days", sa.Integer(), nullable=False),
        sa.Column("handover_days", sa.Integer(), nullable=False),
        sa.Column("reservation_days", sa.Integer(), nullable=False),
        sa.Column("two_approvers_from", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_policy_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("province_code", "year", name=op.f("uq_policy_province_code_year")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("full_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "central",
                "leader",
                "officer",
                "approver",
                "office",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sessions_valid_from", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('admin','central') AND province_code IS NULL AND office_id IS NULL) OR (role = 'leader' AND office_id IS NULL) OR (role IN ('officer','approver') AND province_code IS NOT NULL AND office_id IS NULL) OR (role = 'office' AND province_code IS NOT NULL AND office_id IS NOT NULL)",
            name=op.f("ck_account_scope_fits_role"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_account_office_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_account_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "commune_class",
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_commune_class_commune_code")
        ),
        sa.PrimaryKeyConstraint(
            "commune_code", "kind", "valid_from", name=op.f("pk_commune_class")
        ),
    )
    op.create_table(
        "commune_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "reviewed",
                "posted",
                "closed",
                "withdrawn",
                name="liststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("created_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("review_began_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reviewed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_commune_list_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_commune_list_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commune_list")),
        sa.UniqueConstraint("code", name=op.f("uq_commune_list_code")),
        sa.UniqueConstraint(
            "commune_code", "year", "round", name=op.f("uq_commune_list_commune_code_year_round")
        ),
    )
    op.create_index(
        op.f("ix_commune_list_province_code_year_state"),
        "commune_list",
        ["province_code", "year", "state"],
        unique=False,
    )
    op.create_table(
        "commune_name",
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_commune_name_commune_code")
        ),
        sa.PrimaryKeyConstraint("commune_code", "valid_from", name=op.f("pk_commune_name")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.CheckConstraint("target >= 0", name=op.f("ck_goal_target_not_negative")),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_goal_commune_code")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_goal_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_plan_id"), "goal", ["plan_id"], unique=False)
    op.create_index("uq_goal_commune", "goal", ["plan_id", "benefit", "commune_code"], unique=True)
    op.create_index(
        "uq_goal_province",
        "goal",
        ["plan_id", "benefit"],
        unique=True,
        sqlite_where=sa.text("commune_code IS NULL"),
        postgresql_where=sa.text("commune_code IS NULL"),
    )
    op.create_table(
        "office_commune",
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_office_commune_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_office_commune_office_id")
        ),
        sa.PrimaryKeyConstraint("commune_code", name=op.f("pk_office_commune")),
    )
    op.create_index(
        op.f("ix_office_commune_office_id"), "office_commune", ["office_id"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("full_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("name_key", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("sort_key", sqlmodel.sql.sqltypes.AutoString(length=240), nullable=False),
        sa.Column("birth_date", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("sex", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=True),
        sa.Column("cccd", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True),
        sa.Column("bhxh", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
        sa.Column("hi_card", sqlmodel.sql.sqltypes.AutoString(length=15), nullable=True),
        sa.Column("hamlet", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("household", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("relation", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("sex IN ('M', 'F')", name=op.f("ck_person_sex_known")),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_person_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_person_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_bhxh"), "person", ["bhxh"], unique=False)
    op.create_index(op.f("ix_person_cccd"), "person", ["cccd"], unique=False)
    op.create_index(
        op.f("ix_person_commune_code_name_key_birth_date"),
        "person",
        ["commune_code", "name_key", "birth_date"],
        unique=False,
    )
    op.create_index(
        op.f("ix_person_commune_code_birth_date_name_key"),
        "person",
        ["commune_code", "birth_date", "name_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_person_province_code_name_key_birth_date"),
        "person",
        ["province_code", "name_key", "birth_date"],
        unique=False,
    )
    op.create_index(
        op.f("ix_person_birth_date_name_key"),
        "person",
        ["birth_date", "name_key"],
        unique=False,
    )
    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "binds",
            sa.Enum(
                "pieces",
                "money",
                name="binds",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("piece_price", sa.BigInteger(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("wish", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("wished_sex", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=True),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "recorded",
                "active",
                "closed",
                "cancelled",
                name="pledgestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(binds = 'pieces' AND quantity > 0 AND amount IS NULL) OR (binds = 'money' AND amount > 0 AND quantity IS NULL)",
            name=op.f("ck_pledge_pieces_or_money"),
        ),
        sa.CheckConstraint(
            "COALESCE(quantity, amount) = free + reserved + approved + issued + delivered + withdrawn",
            name=op.f("ck_pledge_ledger_balances"),
        ),
        sa.CheckConstraint(
            "free >= 0 AND reserved >= 0 AND approved >= 0 AND issued >= 0 AND delivered >= 0 AND withdrawn >= 0",
            name=op.f("ck_pledge_no_bucket_negative"),
        ),
        sa.CheckConstraint(
            "min_age IS NULL OR max_age IS NULL OR min_age <= max_age", name=op.f("ck_pledge_ages")
        ),
        sa.CheckConstraint("months IN (3, 6, 12)", name=op.f("ck_pledge_months_allowed")),
        sa.CheckConstraint(
            "received >= 0 AND spent >= 0 AND spent <= received", name=op.f("ck_pledge_funded")
        ),
        sa.ForeignKeyConstraint(["donor_id"], ["donor.id"], name=op.f("fk_pledge_donor_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_pledge_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
        sa.UniqueConstraint("code", name=op.f("uq_pledge_code")),
    )
    op.create_index(op.f("ix_pledge_donor_id"), "pledge", ["donor_id"], unique=False)
    op.create_index(
        op.f("ix_pledge_province_code_year_benefit"),
        "pledge",
        ["province_code", "year", "benefit"],
        unique=False,
    )
    op.create_table(
        "cover_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("noted_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("noted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cover_fact_person_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_cover_fact_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_fact")),
    )
    op.create_index(op.f("ix_cover_fact_person_id"), "cover_fact", ["person_id"], unique=False)
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "asked",
                "same",
                "different",
                name="pairstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("found_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_duplicate_pair_stored_once")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_duplicate_pair_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_duplicate_pair_province_code")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_duplicate_pair_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_duplicate_pair_first_id_second_id")
        ),
    )
    op.create_index(
        op.f("ix_duplicate_pair_first_id"), "duplicate_pair", ["first_id"], unique=False
    )
    op.create_index(
        op.f("ix_duplicate_pair_province_code"), "duplicate_pair", ["province_code"], unique=False
    )
    op.create_index(
        op.f("ix_duplicate_pair_second_id"), "duplicate_pair", ["second_id"], unique=False
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("guests", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "held",
                "minuted",
                "cancelled",
                name="eventstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("proposed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("proposed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column(
            "minutes_confirmed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True
        ),
        sa.Column("minutes_confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_event_commune_code")
        ),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_event_pledge_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_event_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
    )
    op.create_index(op.f("ix_event_pledge_id"), "event", ["pledge_id"], unique=False)
    op.create_index(
        op.f("ix_event_province_code_state"), "event", ["province_code", "state"], unique=False
    )
    op.create_table(
        "pledge_category",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("category_code", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_code"], ["category.code"], name=op.f("fk_pledge_category_category_code")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_category_pledge_id")
        ),
        sa.PrimaryKeyConstraint("pledge_id", "category_code", name=op.f("pk_pledge_category")),
    )
    op.create_table(
        "pledge_commune",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_pledge_commune_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_commune_pledge_id")
        ),
        sa.PrimaryKeyConstraint("pledge_id", "commune_code", name=op.f("pk_pledge_commune")),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="postingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("closed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= due_on", name=op.f("ck_posting_closed_after_due")
        ),
        sa.CheckConstraint("opened_on <= due_on", name=op.f("ck_posting_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_posting_commune_code")
        ),
        sa.ForeignKeyConstraint(["list_id"], ["commune_list.id"], name=op.f("fk_posting_list_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_posting_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("list_id", name=op.f("uq_posting_list_id")),
    )
    op.create_index(op.f("ix_posting_province_code"), "posting", ["province_code"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                "rejected",
                "withdrawn",
                "expired",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("input_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("seed", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("made_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_proposal_pledge_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_proposal_policy_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_proposal_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_code")),
    )
    op.create_index(op.f("ix_proposal_pledge_id"), "proposal", ["pledge_id"], unique=False)
    op.create_index(
        op.f("ix_proposal_province_code_year_state"),
        "proposal",
        ["province_code", "year", "state"],
        unique=False,
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(amount < 0) = (reverses_id IS NOT NULL)", name=op.f("ck_receipt_negative_reverses")
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_receipt_amount_not_zero")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_receipt_pledge_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_receipt_province_code")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["receipt.id"], name=op.f("fk_receipt_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_receipt_reverses_id")),
    )
    op.create_index(op.f("ix_receipt_pledge_id"), "receipt", ["pledge_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("token_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("browser_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signed_in_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("sent_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["commune_list.id"], name=op.f("fk_upload_list_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_upload_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("list_id", "sha256", name=op.f("uq_upload_list_id_sha256")),
    )
    op.create_index(op.f("ix_upload_list_id"), "upload", ["list_id"], unique=False)
    op.create_table(
        "upload_draft",
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
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_upload_draft_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_upload_draft_commune_code")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_upload_draft")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("match_ids", sa.JSON(), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_decision_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_decision_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "proposal_id",
            "round",
            "account_id",
            name=op.f("uq_decision_proposal_id_round_account_id"),
        ),
    )
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("dependants", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "listed",
                "eligible",
                "not_eligible",
                "to_check",
                "withdrawn",
                name="nominationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("reviewed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("reviewed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_nomination_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["commune_list.id"], name=op.f("fk_nomination_list_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nomination_person_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_nomination_province_code")
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_nomination_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    op.create_index(
        op.f("ix_nomination_list_id_state"), "nomination", ["list_id", "state"], unique=False
    )
    op.create_index(
        op.f("ix_nomination_province_code_year_benefit_state"),
        "nomination",
        ["province_code", "year", "benefit", "state"],
        unique=False,
    )
    op.create_index(
        "uq_nomination_live",
        "nomination",
        ["person_id", "benefit", "year"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "proposal_participant",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_proposal_participant_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_participant_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "account_id", name=op.f("pk_proposal_participant")),
    )
    op.create_table(
        "upload_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_upload_row_province_code")
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_upload_row_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_row")),
        sa.UniqueConstraint(
            "upload_id", "row_number", name=op.f("uq_upload_row_upload_id_row_number")
        ),
    )
    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "benefit",
            sa.Enum(
                "hi", "si", name="benefit", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "reserve",
                "proposed",
                "approved",
                "issued",
                "delivered",
                "declined",
                "expired",
                "released",
                "refunded",
                name="matchstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("adjusted", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("state_share", sa.BigInteger(), nullable=False),
        sa.Column("local_share", sa.BigInteger(), nullable=False),
        sa.Column("donor_share", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint(
            "gross = state_share + local_share + donor_share", name=op.f("ck_match_price_adds_up")
        ),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_match_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_match_nomination_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_match_person_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_match_pledge_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_match_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_match_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint(
            "proposal_id", "nomination_id", name=op.f("uq_match_proposal_id_nomination_id")
        ),
    )
    op.create_index(op.f("ix_match_nomination_id"), "match", ["nomination_id"], unique=False)
    op.create_index(op.f("ix_match_pledge_id_state"), "match", ["pledge_id", "state"], unique=False)
    op.create_index(
        "ix_match_progress",
        "match",
        ["year", "benefit", "state", "province_code", "commune_code", "delivered_on"],
        unique=False,
    )
    op.create_index(op.f("ix_match_proposal_id"), "match", ["proposal_id"], unique=False)
    op.create_index(
        op.f("ix_match_province_code_year_benefit_state"),
        "match",
        ["province_code", "year", "benefit", "state"],
        unique=False,
    )
    op.create_index(
        "uq_match_live",
        "match",
        ["person_id", "benefit", "year"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'approved', 'issued', 'delivered')"),
        postgresql_where=sa.text("state IN ('proposed', 'approved', 'issued', 'delivered')"),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("commune_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("said_by", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "upheld",
                "dismissed",
                name="objectionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answered_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["commune.code"], name=op.f("fk_objection_commune_code")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_objection_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk_objection_posting_id")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_objection_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_posting_id"), "objection", ["posting_id"], unique=False)
    op.create_table(
        "event_match",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_match_event_id")),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_event_match_match_id")),
        sa.PrimaryKeyConstraint("event_id", "match_id", name=op.f("pk_event_match")),
    )
    op.create_index(op.f("ix_event_match_match_id"), "event_match", ["match_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_code", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "at_home",
                "absent",
                "refused",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("receiver", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_outcome_event_id")),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_outcome_match_id")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_outcome_province_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint(
            "event_id", "match_id", "sequence", name=op.f("uq_outcome_event_id_match_id_sequence")
        ),
    )
    op.create_index(op.f("ix_outcome_event_id"), "outcome", ["event_id"], unique=False)
    op.create_index(op.f("ix_outcome_match_id"), "outcome", ["match_id"], unique=False)
    guard()
    op.execute(
        "INSERT INTO audit_head (id, last_id, last_hash, data_version)"
        f" VALUES (1, 0, '{'0' * 64}', 0)"
    )


def downgrade() -> None:
    raise RuntimeError("below the first tables there is only an empty database")
