"""For analysts: bodies, totals of versions, meanings of codes, and the views over them; confidence of facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

from govreports.store.views import view_sql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REMADE_VIEWS = ("report_facts",)
NEW_VIEWS = (
    "body_list",
    "body_aliases",
    "section_list",
    "requests_table",
    "proactive_table",
    "disputes_table",
    "report_totals",
    "indicators",
    "panel",
    "check_failures",
    "cross_year_checks",
)
FIGURES = (
    "new_received",
    "carried_in",
    "carried_out",
    "granted",
    "partially_granted",
    "refused_state_secret",
    "refused_prohibited_by_law",
    "refused_security_stability",
    "refused_third_party_rights",
    "refused_internal_affairs",
    "refused_deliberative_process",
    "refused_enforcement_file",
    "refused_administrative_query",
    "unavailable_not_held",
    "unavailable_requires_creation",
    "unavailable_still_unclear",
    "not_processed_petition",
    "not_processed_duplicate",
    "not_processed_publication",
    "not_processed_excessive",
    "not_processed_reconfirmation",
    "other_correction_overdue",
    "other_fee_unpaid",
    "other_other",
    "outcome_total",
    "new_received_natural_person",
    "new_received_commercial_enterprise",
    "new_received_research_institution",
    "new_received_public_interest_organisation",
    "new_received_legal_service_organisation",
    "new_received_other_organisation",
    "carried_in_natural_person",
    "carried_in_commercial_enterprise",
    "carried_in_research_institution",
    "carried_in_public_interest_organisation",
    "carried_in_legal_service_organisation",
    "carried_in_other_organisation",
    "carried_out_natural_person",
    "carried_out_commercial_enterprise",
    "carried_out_research_institution",
    "carried_out_public_interest_organisation",
    "carried_out_legal_service_organisation",
    "carried_out_other_organisation",
    "review_upheld",
    "review_corrected",
    "review_other",
    "review_pending",
    "review_total",
    "litigation_direct_upheld",
    "litigation_direct_corrected",
    "litigation_direct_other",
    "litigation_direct_pending",
    "litigation_direct_total",
    "litigation_after_review_upheld",
    "litigation_after_review_corrected",
    "litigation_after_review_other",
    "litigation_after_review_pending",
    "litigation_after_review_total",
    "regulation_issued",
    "regulation_repealed",
    "regulation_in_force",
    "normative_document_issued",
    "normative_document_repealed",
    "normative_document_in_force",
    "administrative_licence_decisions",
    "administrative_penalty_decisions",
    "administrative_compulsion_decisions",
    "refused",
    "unavailable",
    "not_processed",
    "other_handling",
)


class _Numeric(UserDefinedType[float]):
    cache_ok = True

    def get_col_spec(self, **options: object) -> str:
        return "NUMERIC"


def upgrade() -> None:
    connection = op.get_bind()
    for view in REMADE_VIEWS:
        connection.exec_driver_sql(f"DROP VIEW {view}")
    _make_bodies()
    _make_codes()
    op.add_column("fact", sa.Column("confidence", sa.Float(), nullable=True))
    op.create_table(
        "version_summary",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(f"{table}_form", sa.String(length=16)) for table in ("proactive", "requests", "disputes")),
        *(sa.Column(name, _Numeric()) for name in FIGURES),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_version_summary_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_summary"),
    )
    op.create_index(
        "ix_check_result_failed",
        "check_result",
        ["rule_id", "version_id"],
        sqlite_where=sa.text("status = 'fail'"),
        postgresql_where=sa.text("status = 'fail'"),
    )
    for view in (*REMADE_VIEWS, *NEW_VIEWS):
        connection.exec_driver_sql(view_sql(view, revision))


def _make_bodies() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("organisation_code", sa.String(length=9), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("matched_by", sa.String(length=16), nullable=False),
        sa.Column("doubts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
        sa.UniqueConstraint("key", name="uq_body_key"),
    )
    op.create_index("ix_body_division_code", "body", ["division_code"])
    op.add_column("publisher", sa.Column("home_code", sa.String(length=12), nullable=True))
    op.add_column("publisher", sa.Column("short_name", sa.Text(), nullable=True))
    op.add_column("publisher", sa.Column("level", sa.String(length=16), nullable=True))
    # Both engines take a reference along with a column; SQLite takes none afterwards.
    op.get_bind().exec_driver_sql(
        "ALTER TABLE publisher ADD COLUMN body_id INTEGER CONSTRAINT fk_publisher_body_id REFERENCES body (id)"
    )
    op.create_table(
        "unmatched_publisher",
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name="fk_unmatched_publisher_publisher_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("publisher_id", name="pk_unmatched_publisher"),
    )
    op.create_index("ix_publisher_home", "publisher", ["home_code", "short_name"])
    op.create_index("ix_publisher_body_id", "publisher", ["body_id"])
    op.add_column("report_version", sa.Column("organisation_code", sa.String(length=9), nullable=True))
    op.create_index("ix_report_version_organisation_code", "report_version", ["organisation_code"])
    op.create_table(
        "division",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.String(length=16), nullable=False),
        sa.Column("authority", sa.String(length=32), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_division"),
    )


def _make_codes() -> None:
    labels = (("label", False), ("label_en", False))
    bases = (("legal_basis", True), ("legal_basis_en", True))
    _code_table("code_table", {"table_code": 32}, ("position",), labels)
    _code_table("code_form", {"form": 32}, (), (*labels, *bases), years=("first_year", "last_year"))
    row = {"table_code": 32, "form": 32, "row_code": 64}
    op.create_table(
        "code_row",
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in row.items()),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=nullable) for name, nullable in labels),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("group_code", sa.String(length=64), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=nullable) for name, nullable in bases),
        sa.PrimaryKeyConstraint(*row, name="pk_code_row"),
    )
    _code_table("code_column", {**row, "column_code": 64}, ("position",), (*labels, ("unit", True)))
    op.create_table(
        "code_name",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=nullable) for name, nullable in labels),
        sa.Column("severity", sa.String(length=16), nullable=True),
        sa.Column("number", sa.String(length=16), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=nullable) for name, nullable in bases),
        sa.PrimaryKeyConstraint("kind", "code", name="pk_code_name"),
    )
    op.create_table(
        "derived",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_derived"),
    )


def _code_table(
    table: str,
    keys: dict[str, int],
    numbers: tuple[str, ...],
    texts: tuple[tuple[str, bool], ...],
    *,
    years: tuple[str, ...] = (),
) -> None:
    op.create_table(
        table,
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in keys.items()),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in numbers),
        *(sa.Column(name, sa.SmallInteger(), nullable=True) for name in years),
        *(sa.Column(name, sa.Text(), nullable=nullable) for name, nullable in texts),
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"),
    )
