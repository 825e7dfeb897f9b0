"""The years before 2019: lists of indicators with rows of a body's own, candidates from prose, the long panel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import UserDefinedType

from govreports.store.views import view_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REMADE_VIEWS = ("report_facts",)
NEW_VIEWS = ("indicators_table", "candidate_list", "long_panel")
LONG = (
    "long_requests_received",
    "long_granted",
    "long_granted_without_already_public",
    "long_partially_granted",
    "long_refused",
    "long_not_held",
    "long_unclear",
    "long_review_corrected",
    "long_litigation_lost",
    "long_carried_in",
    "long_carried_out",
    "long_disputes_pending",
)


class _Numeric(UserDefinedType[float]):
    cache_ok = True

    def get_col_spec(self, **options: object) -> str:
        return "NUMERIC"


def upgrade() -> None:
    connection = op.get_bind()
    for view in REMADE_VIEWS:
        connection.exec_driver_sql(f"DROP VIEW {view}")
    op.add_column("cell", sa.Column("section_path", sa.Text(), nullable=True))
    op.add_column("version_summary", sa.Column("indicators_form", sa.String(length=16), nullable=True))
    for name in LONG:
        op.add_column("version_summary", sa.Column(name, _Numeric(), nullable=True))
    op.create_table(
        "candidate",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("row_code", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("section", sa.SmallInteger(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_candidate_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_candidate"),
    )
    for view in (*REMADE_VIEWS, *NEW_VIEWS):
        connection.exec_driver_sql(view_sql(view, revision))
