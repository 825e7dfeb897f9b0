"""Pages that vanished, versions that replace others, and where a page came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from govreports.store.views import view_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REMADE_VIEWS = ("report_list", "document_list")
NEW_VIEWS = ("version_list",)


def upgrade() -> None:
    connection = op.get_bind()
    for view in REMADE_VIEWS:
        connection.exec_driver_sql(f"DROP VIEW {view}")
    op.add_column("document", sa.Column("origin", sa.String(length=16), nullable=False, server_default="crawl"))
    op.add_column("document", sa.Column("vanished_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "replacement",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_replacement_version_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["report_version.id"], name="fk_replacement_replaces_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_replacement"),
    )
    op.create_index("ix_replacement_replaces_id", "replacement", ["replaces_id"])
    for view in (*REMADE_VIEWS, *NEW_VIEWS):
        connection.exec_driver_sql(view_sql(view, revision))
