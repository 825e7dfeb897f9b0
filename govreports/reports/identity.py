"""Which report is this: title, year, publisher."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from govreports.documents.model import Document, Grid, Paragraph
from govreports.issues import Issue
from govreports.reports.metadata import is_unfilled
from govreports.reports.model import MetadataEntry, Section
from govreports.reports.titles import judge_title

_LINES_OF_A_TITLE = 3
_SEARCHED_PARAGRAPHS = 80
_LONGEST_LINE = 60
_BODIES_WITHOUT_A_PLACE = frozenset(("人民政府", "人民政府办公室", "街道办事处", "办事处", "办公室", "委员会"))
_SITE_SEPARATOR = re.compile(r"\s*[-_|—–]+\s*")
_PERIOD = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年0?1月0?1日[^。]{0,6}?(?:至|到|－|—|-|~)[^。]{0,6}?(?:\1年)?(?:本年)?12月31日"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_SENTENCE = re.compile(r"[。；;！？，,]")


def _compact(text: str) -> str:
    return "".join(text.split())


def _without_site_name(title: str) -> str:
    """Cut what a site appends to a page's title, as long as a report's title remains."""
    separators = list(_SITE_SEPARATOR.finditer(title))
    for count in range(len(separators)):
        shorter = title[: separators[count].start()]
        if judge_title(shorter).kind == "report":
            return shorter
    return title


def find_title(
    document: Document, metadata: Sequence[MetadataEntry], clean: Callable[[str], str]
) -> tuple[str | None, tuple[Issue, ...]]:
    """The report's title, without white space and site name; None when the document has none.

    Sources in order of trust: the metadata block, the national meta tag, headings, the first lines of the text, the
    page's title element.
    """
    uncertain: str | None = None
    for candidate in _candidates(document, metadata, clean):
        title = _without_site_name(_compact(candidate))
        judgement = judge_title(title)
        if judgement.kind == "report" and (judgement.body or judgement.year):
            return title, ()
        if judgement.kind == "undecided" and uncertain is None and len(title) < _LONGEST_LINE:
            uncertain = title
    if uncertain is not None:
        message = f"“{uncertain}” may not be the title of an annual report."
        return uncertain, (Issue("title_uncertain", "warning", message),)
    return None, (Issue("title_missing", "warning", "No line of the document is the title of an annual report."),)


def _candidates(document: Document, metadata: Sequence[MetadataEntry], clean: Callable[[str], str]) -> Iterator[str]:
    yield from (entry.value for entry in metadata if entry.field == "title" and entry.value)
    for name, content in document.metas:
        if name.lower() == "articletitle" and not is_unfilled(content):
            yield clean(content)
    paragraphs = [(clean(block.text), block.heading) for block in document.paragraphs()]
    lines = [text for text, _ in paragraphs[:_SEARCHED_PARAGRAPHS]]
    yield from (text for text, heading in paragraphs if heading)
    yield from _joined_lines(lines)
    for grid in document.grids():
        yield from _cells_of_layout(grid, clean)
    if document.page_title:
        yield clean(document.page_title)


def _joined_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines, and runs of up to three lines, that may be a title set over several lines."""
    for index, line in enumerate(lines):
        if len(line) > _LONGEST_LINE or _SENTENCE.search(line):
            continue
        judgement = judge_title(line)
        if judgement.kind == "report" and judgement.body:
            yield line
            continue
        joined = line
        for above in range(index - 1, max(index - _LINES_OF_A_TITLE, -1), -1):
            upper = lines[above]
            if len(upper) > _LONGEST_LINE or _SENTENCE.search(upper) or "：" in upper or ":" in upper:
                break
            if judge_title(upper).kind == "report":
                break
            joined = upper + joined
            longer = judge_title(joined)
            if longer.kind == "report" and longer.body and longer.body not in _BODIES_WITHOUT_A_PLACE:
                yield joined
                break
        if judgement.kind == "report":
            yield line


def _cells_of_layout(grid: Grid, clean: Callable[[str], str]) -> Iterator[str]:
    for row in grid.rows[:3]:
        if len(row) == 1 and 0 < len(row[0].text) <= _LONGEST_LINE:
            yield clean(row[0].text)


def find_year(
    title: str | None, sections: Sequence[Section], paragraphs: Sequence[Paragraph], clean: Callable[[str], str]
) -> tuple[int | None, tuple[Issue, ...]]:
    """The report year: from the title, else the statistical period, else the one year that section one speaks of."""
    of_title = judge_title(title).year if title else None
    period: int | None = None
    for paragraph in paragraphs:
        if "12月31日" in "".join(paragraph.text.split()):
            match = _PERIOD.search(_compact(clean(paragraph.text)))
            if match:
                period = int(match.group(1))
                break
    if of_title is not None:
        if period is not None and period != of_title:
            message = f"The title says {of_title}, the statistical period {period}; the title was believed."
            return of_title, (Issue("year_disagrees", "warning", message),)
        return of_title, ()
    if period is not None:
        return period, (
            Issue("year_from_period", "info", "The title has no year; it is that of the statistical period."),
        )
    first = next((section.text for section in sections if section.number == 1), "")
    years = Counter(int(year) for year in _YEAR.findall(_compact(first)))
    if len(years) == 1:
        message = "Neither title nor statistical period gives the year; it is the only one that section one names."
        return years.most_common(1)[0][0], (Issue("year_from_text", "warning", message),)
    message = "Neither title nor statistical period gives the report year: add it by hand."
    return None, (Issue("year_missing", "error", message),)
