"""Is this the title of an annual report on government information disclosure? Of which year and body?"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from govreports.reports.text import TextCleaner

TitleKind = Literal["report", "lookalike", "undecided", "other"]

_YEAR = r"(?:19|20)\d{2}"
_CHINESE_DIGITS = str.maketrans("〇○Ο零一二三四五六七八九", "0000123456789")
_CHINESE_YEAR = re.compile(r"[二一][〇○Ο零九][〇○Ο零一二三四五六七八九]{2}(?=年)")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
# Possessive: a run of dots can be taken apart in as many ways as it likes otherwise.
_CUT = re.compile(r"(?:…|⋯|\.{2,}+|。{2,}+)+$")
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?=\s*年)")
_BARE_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_YEAR_WORDS = re.compile(rf"[(\[〔【]?(?<!\d){_YEAR}(?:年度|年)?[)\]〕】]?")
# Only a title that writes these words in Traditional, or a toned reading, is worth turning back.
_TRADITIONAL = re.compile("報|開|務|區|縣|[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_LOOSE_END = re.compile(r"[)\]】〕>》]+$")
_LONGEST_TITLE = 600
"""Characters of a title with all that is written around it; a heading that was never closed holds a whole page."""


@dataclass(frozen=True, slots=True)
class TitleJudgement:
    """What a title says. ``report``: an annual report (or a rendition of one); ``lookalike``: it only resembles one.

    ``undecided``: cut short, the name of a column, or too vague; the document itself must tell.
    ``year`` is the report year, ``body`` the publisher as the title writes it; ``reason`` is for people.
    """

    kind: TitleKind
    year: int | None
    body: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A link text that names an annual-report column, of one year where it says so."""

    year: int | None


@dataclass(frozen=True, slots=True)
class _Rules:
    core: re.Pattern[str]
    loose_core: re.Pattern[str]
    plain_tails: frozenset[str]
    noise_before: tuple[re.Pattern[str], ...]
    noise_after: tuple[re.Pattern[str], ...]
    publisher_end: re.Pattern[str]
    column_name: re.Pattern[str]
    column_year: re.Pattern[str]
    collection: re.Pattern[str]
    lookalike: dict[str, tuple[tuple[re.Pattern[str], str], ...]]
    skeleton: str


@cache
def _rules() -> _Rules:
    with files("govreports.reports").joinpath("titles.toml").open("rb") as source:
        data = tomllib.load(source)
    linking = "|".join(map(re.escape, data["linking"]["words"]))
    tails = [*data["tail"]["certain"], *data["tail"]["plain"]]
    tail = "|".join(map(re.escape, sorted(tails, key=len, reverse=True)))
    between = rf"(?P<between>(?:{linking}|[(〔\[]?{_YEAR}(?:年度|年)?[)〕\]]?)*?)"

    def core(subject: str) -> re.Pattern[str]:
        return re.compile(rf"(?P<subject>{subject}){between}(?P<tail>{tail})")

    def patterns(texts: list[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(text, re.IGNORECASE) for text in texts)

    return _Rules(
        core=core(data["subject"]["certain"]),
        loose_core=core(data["subject"]["loose"]),
        plain_tails=frozenset(data["tail"]["plain"]),
        noise_before=patterns(data["noise"]["before"]),
        noise_after=patterns(data["noise"]["after"]),
        publisher_end=re.compile(data["noise"]["publisher_end"]),
        column_name=re.compile(data["column"]["name"]),
        column_year=re.compile(data["column"]["year"]),
        collection=re.compile("|".join(map(re.escape, data["column"]["collection"]))),
        lookalike={
            where: tuple((re.compile(row["pattern"], re.IGNORECASE), row["reason"]) for row in rows)
            for where, rows in data["lookalike"].items()
        },
        skeleton="政府信息公开工作年度报告",
    )


@lru_cache(maxsize=4096)
def judge_title(text: str) -> TitleJudgement:
    """Judge a title as a list or page prints it (white space, width, script and pinyin glosses do not matter)."""
    if len(text) > _LONGEST_TITLE:
        return TitleJudgement("other", None, None, "it is too long for a title")
    rules = _rules()
    title = _normalise(text, rules)
    if not title:
        return TitleJudgement("undecided", None, None, "there is no title")
    cut = _CUT.search(title)
    if cut:
        title = title[: cut.start()]
    found = _last(rules.core, title)
    if found is not None:
        return _judge_core(title, found, rules)
    loose = _last(rules.loose_core, title)
    if (refused := _lookalike("alone", title, rules)) is not None:
        return TitleJudgement("lookalike", _year_of(title), None, refused)
    if cut:
        return _judge_cut(title, rules)
    if loose is not None:
        year = _core_year(title, loose)
        body = _publisher(title[: loose.start()], "", rules)
        return TitleJudgement("undecided", year, body, "says 政务公开 where the report says 政府信息公开")
    if re.search(r"年报|年度报告", title):
        reason = "an annual report, but the title does not say on what"
        return TitleJudgement("undecided", _year_of(title), None, reason)
    return TitleJudgement("other", _year_of(title), None, "nothing in it speaks of an annual report")


def column_name(text: str) -> ColumnName | None:
    """What a link text says of the annual-report column it leads to, or None when it names no such column.

    ``政府信息公开年报``, ``年度报告`` and ``区教育局信息公开年报`` are names of columns, ``2023年`` one of a year's.
    """
    if len(text) > _LONGEST_TITLE:
        return None
    rules = _rules()
    name = _normalise(text, rules)
    if not name:
        return None
    if (by_year := rules.column_year.search(name)) is not None:
        return ColumnName(int(by_year["year"]))
    if rules.column_name.search(name) is None or _refused_around(name, rules) is not None:
        return None
    return ColumnName(_year_of(name))


def _normalise(text: str, rules: _Rules) -> str:
    if _TRADITIONAL.search(text):
        text = TextCleaner((text,)).clean(text)
    title = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    title = _CHINESE_YEAR.sub(lambda year: year[0].translate(_CHINESE_DIGITS), title)
    # The noise of one kind may uncover another, as in 【置顶】1.附件:
    while (shorter := _without_noise(title, rules)) != title:
        title = shorter
    return title


def _without_noise(title: str, rules: _Rules) -> str:
    for pattern in (*rules.noise_before, *rules.noise_after):
        title = pattern.sub("", title)
    return title


def _last(pattern: re.Pattern[str], title: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(title):
        if found["tail"] in ("年度报告", "年报"):
            return found
    return found


def _judge_core(title: str, core: re.Match[str], rules: _Rules) -> TitleJudgement:
    year = _core_year(title, core)
    before, after = title[: core.start()], title[core.end() :]
    if (refused := _refused_around(title, rules)) is not None:
        return TitleJudgement("lookalike", year, None, refused)
    body = _publisher(before, core["subject"], rules)
    if rules.collection.search(after):
        return TitleJudgement("undecided", year, body, "a collection of reports, or the name of a column")
    if core["tail"] in rules.plain_tails and year is None and "年度" not in title:
        return TitleJudgement("undecided", None, body, "a report without year or 年度 in its title")
    if year is None and body is None:
        return TitleJudgement("undecided", None, None, "the name of a column rather than of a report")
    return TitleJudgement("report", year, body, "names the annual report")


def _refused_around(title: str, rules: _Rules) -> str | None:
    core = _last(rules.core, title)
    if core is None:
        return _lookalike("alone", title, rules)
    before, after = title[: core.start()], title[core.end() :]
    return _lookalike("before", before, rules) or _lookalike("after", _LOOSE_END.sub("", after), rules)


def _lookalike(where: str, text: str, rules: _Rules) -> str | None:
    for pattern, reason in rules.lookalike[where]:
        if pattern.search(text):
            return reason
    return None


def _judge_cut(title: str, rules: _Rules) -> TitleJudgement:
    year = _year_of(title)
    rest = title
    for found in _YEAR_WORDS.finditer(title):
        rest = title[found.end() :]
    if year is not None and not _may_go_on(rest, rules.skeleton):
        return TitleJudgement("other", year, None, "cut short, and what is left speaks of something else")
    return TitleJudgement("undecided", year, None, "cut short before it says what it is")


def _may_go_on(rest: str, skeleton: str) -> bool:
    """Whether a title cut after ``rest`` can still become that of a report (year first, body next included)."""
    if not rest or rest.startswith("关于") or skeleton.startswith(rest) or skeleton[2:].startswith(rest):
        return True
    return any(rest.endswith(skeleton[:length]) for length in range(2, len(skeleton))) or "信息公开" in rest


def _core_year(title: str, core: re.Match[str]) -> int | None:
    inside = _BARE_YEAR.findall(core["between"])
    if inside:
        return int(inside[-1])
    before = _ANY_YEAR.findall(title[: core.start()])
    if before:
        return int(before[-1])
    if (bare := re.search(rf"({_YEAR})$", title[: core.start()])) is not None:
        return int(bare[1])
    after = _ANY_YEAR.findall(title[core.end() :])
    if after:
        return int(after[0])
    bracketed = re.search(rf"^[(\[〔【]({_YEAR})", title[core.end() :])
    return int(bracketed[1]) if bracketed else None


def _year_of(title: str) -> int | None:
    years = _ANY_YEAR.findall(title) or _BARE_YEAR.findall(title)
    return int(years[-1]) if years else None


def _publisher(before: str, subject: str, rules: _Rules) -> str | None:
    """The publisher's name from what stands before the subject, None when nothing is left of it."""
    # 人民政府 lends its second half to 政府信息公开 when a writer does not want to repeat it.
    whole = before + "政府" if subject.startswith("政府") and before.endswith("人民") else before
    name = _YEAR_WORDS.sub("", whole)
    while (shorter := rules.publisher_end.sub("", name)) != name:
        name = shorter
    name = name.lstrip("》】)]:,、-_|—《")
    name = re.sub(r"^(?:关于|《|年度|年)+", "", name)
    return name or None
