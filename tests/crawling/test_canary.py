"""``govreports canary``: one report a portal is tried, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from collected import report_page, sample_pages
from crawled import QUICK
from crawling import Crawled

from govreports.cli import main
from govreports.crawling.canary import TriedPage, try_page, verdict
from govreports.crawling.run import PortalResult
from govreports.replica.faults import Fault
from govreports.replica.registry_folder import write_registry
from govreports.replica.samples import Publisher, sample_reports
from govreports.replica.server import ReplicaServer
from govreports.store import CrawlCounters

Run = Callable[..., Crawled]


def result(state: str = "complete", message: str | None = None) -> PortalResult:
    return PortalResult("harbour", state, message, "finished", CrawlCounters())


def tried(problem: str | None = None, *, attached: bool = False) -> TriedPage:
    return TriedPage("http://a.gov.cn/1.html", "某区2024年年度报告", 0 if problem else 3, problem, attached)


def test_each_portal_is_said_to_be_well_or_what_is_wrong_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain", "hanweb_jpaas", "vsb_tree"]) as server:
        server.portal("hanweb_jpaas").fault = Fault(kind="ruishu")
        portals = write_registry(server, tmp_path / "portals")
        done = run("canary", *QUICK, portals=portals, hosts=server.hosts)
        reports = {report.title for report in server.portal("trs_plain").reports}
        asked = [one.target for one in server.served if one.portal == "trs_plain"]
        articles = {server.portal("trs_plain").article_path(item) for item in server.portal("trs_plain").items}
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines()[:-1])
    assert (done.code, set(lines)) == (1, {"trs_plain", "hanweb_jpaas", "vsb_tree"})
    assert lines["trs_plain"].removeprefix("ok, 3 tables in ") in reports
    assert lines["vsb_tree"].startswith("ok, 3 tables in ")
    assert lines["hanweb_jpaas"].startswith("WRONG, blocked:ruishu: ")
    assert done.stdout.splitlines()[-1] == "3 of 3 portals tried, 1 not well."
    assert len(articles & set(asked)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["portals"]


def test_portals_that_are_named_are_tried_alone(run: Run, tmp_path: Path) -> None:
    with ReplicaServer(["trs_plain", "vsb_tree"]) as server:
        portals = write_registry(server, tmp_path / "portals")
        done = run("canary", "vsb_tree", *QUICK, portals=portals, hosts=server.hosts)
        assert {one.portal for one in server.served} == {"vsb_tree"}
    assert (done.code, done.stdout.splitlines()[-1]) == (0, "1 of 1 portals tried, 0 not well.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wuhan_hongshann"], "there is no portal 'wuhan_hongshann'; did you mean wuhan_hongshan"),
        (["--parallel", "0"], "--parallel 0: at least one portal must be tried"),
        (["--minutes", "0"], "--minutes 0: a run needs some time"),
        (["--province", "9"], "--province 9 is no province"),
    ],
)
def test_wrong_usage_is_said(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["canary", *arguments])
    assert (ended.value.code, said in capsys.readouterr().err) == (2, True)


def test_a_report_without_tables_is_wrong() -> None:
    (page,) = sample_pages(1)
    (report,) = sample_reports(
        1, publishers=[Publisher(name="某区某局", credit_code="1137030300421001XC")], years=[2023]
    )
    bare = report_page(report, body=f"<title>{report.title}</title><p>一、总体情况</p>".encode())
    news = report_page(report, body=b"<title>x</title>", listed_title="x")
    assert try_page(page).problem is None
    assert try_page(bare).problem == "it has none of the statutory tables"
    assert "is no annual report" in str(try_page(news).problem)


def test_a_portal_is_well_when_one_report_is_read() -> None:
    assert verdict(result(), [tried("bad"), tried()]) == (True, "3 tables in 某区2024年年度报告")
    assert verdict(result("partial", "Incomplete: page 2 is lost."), [tried()]) == (
        True,
        "3 tables in 某区2024年年度报告; Incomplete: page 2 is lost.",
    )


def test_else_it_is_said_what_is_wrong() -> None:
    assert verdict(result("failed:unreachable", "It gave no answer."), [tried()]) == (
        False,
        "failed:unreachable: It gave no answer.",
    )
    assert verdict(result(), [tried("its file is bad", attached=True), tried("it is bad")]) == (
        False,
        "http://a.gov.cn/1.html: it is bad",
    )
    assert verdict(result(), []) == (False, "no report was found to try; its lists name none")
