"""What is said to whom uses a command wrongly: one sentence, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreports.cli import main


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["crawal"], 2, "govreports: there is no command 'crawal'; did you mean crawl or crawlall?"),
        (["fly"], 2, "govreports: there is no command 'fly'; govreports -h shows them all."),
        (
            ["coverage", "--portal", "zibo_linz"],
            2,
            "govreports coverage: --portal: there is no portal 'zibo_linz'; did",
        ),
        (
            ["reparse", "--portal", "zibo_linz"],
            2,
            "govreports reparse: --portal: there is no portal 'zibo_linz'; did",
        ),
        (["copy"], 2, "govreports copy: copy needs --to URL, an empty database, as in govreports copy --to"),
        (["copy", "x"], 2, "govreports copy: copy takes no argument, not x: see govreports copy -h."),
        (["diff", "1"], 1, "govreports diff: there is no store at "),
        (
            ["rerun", "gone"],
            1,
            "govreports rerun: there is no gone: go to a checkout, or name files or",
        ),
        (["import"], 2, "govreports import: import needs at least one folder, WARC file, list or document, as in "),
        (["canary", "--province", "西藏"], 1, "govreports canary: no portal that can be crawled is chosen; leave an"),
    ],
)
def test_one_sentence_says_what_to_do(
    arguments: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = f"GOVREPORTS_DATABASE_URL=sqlite:///{tmp_path}/data/govreports.sqlite"
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "-s", store])
    told = capsys.readouterr().err
    assert (ended.value.code, told[: len(said)], told.count("\n")) == (code, said, 1)
