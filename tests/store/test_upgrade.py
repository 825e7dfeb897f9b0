"""Stores that an earlier program wrote: what follows from their reports is completed on opening."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from full_reports import entry, full_report, suqian

from govreports.store import open_store, schema
from govreports.store.engine import make_engine, make_folder, write

Query = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def upgraded(url: str) -> Iterator[list[dict[str, Any]]]:
    """The panel of a store that had reports before there were bodies and totals."""
    with open_store(url) as store:
        store.write_many([entry(1, full_report(suqian(2023), index_number="113703030042174346/2024-1"))])
        with store.engine.begin() as connection:
            for statement in (
                "UPDATE publisher SET body_id = NULL, short_name = NULL, home_code = NULL, level = NULL",
                "DELETE FROM body",
                "DELETE FROM version_summary",
                "DELETE FROM derived",
                "UPDATE report_version SET organisation_code = NULL",
            ):
                connection.exec_driver_sql(statement)
    with open_store(url) as store, store.engine.connect() as connection:
        yield [dict(row) for row in connection.exec_driver_sql("SELECT * FROM panel").mappings()]


def test_totals_and_bodies_are_completed(upgraded: list[dict[str, Any]]) -> None:
    (row,) = upgraded
    assert (row["body"], row["new_received"], row["refused"]) == ("港口区教育局", 3511, 142)


def test_a_store_of_the_revision_before_is_upgraded(empty_url: str) -> None:
    engine = make_engine(empty_url)
    make_folder(engine)
    with schema._scripts() as config:

        def upgrade(connection: Any) -> None:
            config.attributes["connection"] = connection
            command.upgrade(config, "0003")

        write(engine, upgrade)
    engine.dispose()
    with open_store(empty_url) as store:
        store.write_many([entry(1, full_report({}))])
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM panel").scalar_one() == 1


def test_the_known_revisions_are_the_chain_of_the_migrations() -> None:
    with schema._scripts() as config:
        chain = [found.revision for found in ScriptDirectory.from_config(config).walk_revisions()]
    assert schema.revisions() == chain[::-1]
