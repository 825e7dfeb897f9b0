"""The example notebook runs on an export of crawled reports, and draws what it says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from crawled import served
from nbclient import NotebookClient

from govreports.exports import export
from govreports.store import open_store

pytestmark = pytest.mark.slow

PORTALS = ("trs_years", "trs_offset")
NOTEBOOK = Path(__file__).parents[1] / "docs" / "examples" / "panel.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    """The notebook after running it on what crawls of replica portals left; kept where the kept one is to be made anew
    (``--regenerate-expected``).
    """
    folder = tmp_path_factory.mktemp("notebook")
    with served(folder, *PORTALS) as site, pytest.MonkeyPatch.context() as patch:
        assert [site.crawl(name).code for name in PORTALS] == [0, 0]
        with open_store(site.collection.url) as store:
            exported = export(store, folder / "exports", formats=["csv"])
        patch.setenv("GOVREPORTS_EXPORT", str(exported.folder))
        patch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    if request.config.getoption("--regenerate-expected"):
        for cell in notebook.cells:
            # When each cell ran is news at every run.
            cell.metadata.pop("execution", None)
        nbformat.write(notebook, NOTEBOOK)
    return notebook


def outputs(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """The kinds of output of each cell of code."""
    return [
        [kind for output in cell.outputs for kind in output.get("data", {output.output_type: None})]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_three_figures_are_drawn(executed: nbformat.NotebookNode) -> None:
    assert sum("image/png" in kinds for kinds in outputs(executed)) == 3


def test_nothing_is_warned_of(executed: nbformat.NotebookNode) -> None:
    assert [kinds for kinds in outputs(executed) if "stream" in kinds] == []


def test_the_rates_cover_all_years_of_the_portals(executed: nbformat.NotebookNode) -> None:
    table = executed.cells[-1].outputs[0].data["text/plain"]
    assert [line.split()[0] for line in table.splitlines()[2:]] == [str(year) for year in range(2019, 2026)]


def test_the_kept_figures_are_there_without_rerunning() -> None:
    assert sum("image/png" in kinds for kinds in outputs(nbformat.read(NOTEBOOK, as_version=4))) == 3
