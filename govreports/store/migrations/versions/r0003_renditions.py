"""Pages and their attachments carry one report together: what was read from each, and which gave each table."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from govreports.store.views import view_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REMADE_VIEWS = ("report_list", "report_facts")


def upgrade() -> None:
    connection = op.get_bind()
    for view in REMADE_VIEWS:
        connection.exec_driver_sql(f"DROP VIEW {view}")
    op.add_column("document", sa.Column("page_digest", sa.String(length=32), nullable=True))
    op.create_index(
        "ix_document_page",
        "document",
        ["portal_id", "page_digest"],
        sqlite_where=sa.text("page_digest IS NOT NULL"),
        postgresql_where=sa.text("page_digest IS NOT NULL"),
    )
    op.create_table(
        "kept_reading",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_kept_reading_document_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_kept_reading"),
    )
    op.create_table(
        "table_source",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("table_code", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_table_source_document_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_table_source_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "table_code", name="pk_table_source"),
    )
    op.create_index("ix_table_source_document_id", "table_source", ["document_id"])
    _mark_attachments(connection)
    for view in REMADE_VIEWS:
        connection.exec_driver_sql(view_sql(view, revision))


def _mark_attachments(connection: sa.Connection) -> None:
    document = sa.table("document", *(sa.column(name) for name in ("id", "url", "source_url", "page_digest")))
    query = sa.select(document.c.id, document.c.source_url).where(document.c.url != document.c.source_url)
    for row in connection.execute(query).all():
        text = json.dumps(row.source_url, ensure_ascii=False)
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        connection.execute(sa.update(document).where(document.c.id == row.id).values(page_digest=digest))
