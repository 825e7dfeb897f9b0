"""The first tables, the codes of what can stand in a cell, and the views.

Plain types only: a revision must go on meaning the same when the models change. Migrations go forward only; a
store that has to go back is brought back from a copy, or read again from the archive.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from govreports.store.views import view_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FACT_STATUSES = (
    (0, "reported", "a number stands there", "已填报"),
    (1, "blank", "the cell is empty", "空白"),
    (2, "not_applicable", "a stroke or a word for 'none' stands there", "不适用"),
    (3, "absent", "the source has no such cell", "缺失"),
    (4, "unreadable", "something stands there that is no number", "无法识别"),
)
VIEWS = ("report_list", "report_facts", "crawl_list", "document_list")


def upgrade() -> None:
    op.create_table(
        "cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_code", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("row_code", sa.String(length=64), nullable=False),
        sa.Column("column_code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("row_label", sa.Text(), nullable=True),
        sa.Column("row_label_en", sa.Text(), nullable=True),
        sa.Column("column_label", sa.Text(), nullable=True),
        sa.Column("column_label_en", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cell"),
        sa.UniqueConstraint(
            "table_code",
            "form",
            "row_code",
            "column_code",
            name="uq_cell_table_code_form_row_code_column_code",
        ),
    )
    op.create_table(
        "check_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("table_code", sa.String(length=32), nullable=False),
        sa.Column("row_code", sa.String(length=64), nullable=False),
        sa.Column("column_code", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_check_rule"),
        sa.UniqueConstraint(
            "rule",
            "table_code",
            "row_code",
            "column_code",
            name="uq_check_rule_rule_table_code_row_code_column_code",
        ),
    )
    op.create_table(
        "crawl",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("software", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crawl"),
    )
    op.create_table(
        "fact_status",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("meaning_zh", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fact_status"),
        sa.UniqueConstraint("code", name="uq_fact_status_code"),
    )
    op.create_table(
        "portal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_portal"),
        sa.UniqueConstraint("code", name="uq_portal_code"),
    )
    op.create_table(
        "publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publisher"),
        sa.UniqueConstraint("name", "division_code", name="uq_publisher_name_division_code"),
    )
    op.create_table(
        "crawl_portal",
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("items_claimed", sa.Integer(), nullable=True),
        sa.Column("items_seen", sa.Integer(), nullable=False),
        sa.Column("reports_seen", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"], name="fk_crawl_portal_crawl_id"),
        sa.ForeignKeyConstraint(["portal_id"], ["portal.id"], name="fk_crawl_portal_portal_id"),
        sa.PrimaryKeyConstraint("crawl_id", "portal_id", name="pk_crawl_portal"),
    )
    op.create_index("ix_crawl_portal_portal_id", "crawl_portal", ["portal_id"])
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_digest", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("list_url", sa.Text(), nullable=True),
        sa.Column("listed_title", sa.Text(), nullable=True),
        sa.Column("listed_on", sa.Text(), nullable=True),
        sa.Column("http_status", sa.SmallInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("archive_file", sa.Text(), nullable=True),
        sa.Column("archive_offset", sa.BigInteger(), nullable=True),
        sa.Column("archive_length", sa.BigInteger(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("parser_version", sa.String(length=64), nullable=False),
        sa.Column("reading", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["portal_id"], ["portal.id"], name="fk_document_portal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("portal_id", "url_digest", "sha256", name="uq_document_portal_id_url_digest_sha256"),
    )
    op.create_index("ix_document_status", "document", ["status"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("report_year", sa.SmallInteger(), nullable=True),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["portal_id"], ["portal.id"], name="fk_report_portal_id"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name="fk_report_publisher_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("portal_id", "identity", name="uq_report_portal_id_identity"),
    )
    op.create_index("ix_report_publisher_id_report_year", "report", ["publisher_id", "report_year"])
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at_table", sa.Integer(), nullable=True),
        sa.Column("at_row", sa.Integer(), nullable=True),
        sa.Column("at_column", sa.Integer(), nullable=True),
        sa.Column("at_page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_issue_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
    )
    op.create_index("ix_issue_document_id", "issue", ["document_id"])
    op.create_table(
        "report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("index_number", sa.Text(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.String(length=10), nullable=True),
        sa.Column("published_on", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_report_version_document_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_report_version_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_version"),
        sa.UniqueConstraint("report_id", "content_hash", name="uq_report_version_report_id_content_hash"),
        sa.UniqueConstraint("report_id", "number", name="uq_report_version_report_id_number"),
    )
    op.create_index(
        "ix_report_version_current",
        "report_version",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index("ix_report_version_document_id", "report_version", ["document_id"])
    op.create_table(
        "check_result",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("actual", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["rule_id"], ["check_rule.id"], name="fk_check_result_rule_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_check_result_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "rule_id", name="pk_check_result"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cell_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status_id", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name="fk_fact_cell_id"),
        sa.ForeignKeyConstraint(["status_id"], ["fact_status.id"], name="fk_fact_status_id"),
        sa.ForeignKeyConstraint(["version_id"], ["report_version.id"], name="fk_fact_version_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "cell_id", name="pk_fact"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fact_cell", "fact", ["cell_id", "version_id", "status_id", "value"])
    op.create_table(
        "metadata_entry",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_metadata_entry_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_metadata_entry"),
    )
    op.create_table(
        "rendition",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_rendition_document_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_rendition_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_rendition"),
    )
    op.create_index("ix_rendition_version_id", "rendition", ["version_id"])
    op.create_table(
        "section",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name="fk_section_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_section"),
    )

    op.bulk_insert(
        sa.table(
            "fact_status",
            sa.column("id", sa.SmallInteger()),
            sa.column("code", sa.String()),
            sa.column("meaning", sa.Text()),
            sa.column("meaning_zh", sa.Text()),
        ),
        [
            {"id": number, "code": code, "meaning": meaning, "meaning_zh": chinese}
            for number, code, meaning, chinese in FACT_STATUSES
        ],
    )
    for view in VIEWS:
        op.get_bind().exec_driver_sql(view_sql(view, revision))
