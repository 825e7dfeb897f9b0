"""Runs over many portals, what was expected of each portal, and alerts that are told once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from govreports.store.views import view_sql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REMADE_VIEWS = ("crawl_list",)
NEW_VIEWS = ("run_list", "coverage", "alert_list")

_COUNTS = (
    "blocked",
    "issues",
    "vanished",
    "lost",
    "reports_read",
    "labels_unknown",
    "checks_passed",
    "checks_failed",
    "cells_read",
    "cells_reported",
)


def upgrade() -> None:
    connection = op.get_bind()
    for view in REMADE_VIEWS:
        connection.exec_driver_sql(f"DROP VIEW {view}")
    of_runs: tuple[sa.Column[Any], ...] = (
        sa.Column("command", sa.String(length=16), nullable=False, server_default="crawl"),
        sa.Column("selection", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("portals_planned", sa.Integer(), nullable=True),
        sa.Column("parser_version", sa.String(length=64), nullable=True),
        sa.Column("host", sa.Text(), nullable=True),
        sa.Column("pid", sa.Integer(), nullable=True),
    )
    for column in of_runs:
        op.add_column("crawl", column)
    of_portals: tuple[sa.Column[Any], ...] = (
        sa.Column("finish_reason", sa.String(length=64), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False, server_default=""),
        sa.Column("lists_whole", sa.Boolean(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in _COUNTS),
    )
    for column in of_portals:
        op.add_column("crawl_portal", column)
    op.create_table(
        "run_lock",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_run_lock"),
    )
    op.create_table(
        "expectation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("report_year", sa.SmallInteger(), nullable=False),
        sa.Column("publisher_kind", sa.String(length=16), nullable=False),
        sa.Column("deadline", sa.String(length=10), nullable=False),
        sa.Column("waits_for", sa.String(length=32), nullable=True),
        sa.Column("waiting_url", sa.Text(), nullable=True),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["portal_id"], ["portal.id"], name="fk_expectation_portal_id"),
        sa.ForeignKeyConstraint(["publisher_id"], ["publisher.id"], name="fk_expectation_publisher_id"),
        sa.PrimaryKeyConstraint("id", name="pk_expectation"),
    )
    op.create_index("ix_expectation_portal_id", "expectation", ["portal_id", "publisher_id", "report_year"])
    op.create_table(
        "monitor_verdict",
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("monitor", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("threshold", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"], name="fk_monitor_verdict_crawl_id"),
        sa.ForeignKeyConstraint(["portal_id"], ["portal.id"], name="fk_monitor_verdict_portal_id"),
        sa.PrimaryKeyConstraint("crawl_id", "portal_id", "monitor", name="pk_monitor_verdict"),
    )
    op.create_index("ix_monitor_verdict_portal_id", "monitor_verdict", ["portal_id", "monitor", "crawl_id"])
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("monitor", sa.String(length=32), nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"], name="fk_alert_crawl_id"),
        sa.ForeignKeyConstraint(["portal_id"], ["portal.id"], name="fk_alert_portal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("crawl_id", "portal_id", "monitor", name="uq_alert_crawl_id_portal_id_monitor"),
    )
    op.create_table(
        "alert_sink",
        sa.Column("sink", sa.String(length=16), nullable=False),
        sa.Column("after_alert", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sink", name="pk_alert_sink"),
    )
    op.create_table(
        "alert_delivery",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("sink", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_delivery_alert_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alert_id", "sink", name="pk_alert_delivery"),
    )
    for view in (*REMADE_VIEWS, *NEW_VIEWS):
        connection.exec_driver_sql(view_sql(view, revision))
