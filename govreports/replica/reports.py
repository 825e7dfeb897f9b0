"""Annual reports of our own writing: figures as printed, and the statutory tables that carry them.

The labels stand here a second time, beside the forms that extraction reads by, on purpose: a replica that
took its labels from the reader could never show that the reader's are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Edition = Literal["v2019", "v2021"]
FigureKey = tuple[str, str, str]
"""(table, row, column) in the codes of the extraction record."""

APPLICANTS: tuple[tuple[str, str], ...] = (
    ("natural_person", "自然人"),
    ("commercial_enterprise", "商业企业"),
    ("research_institution", "科研机构"),
    ("public_interest_organisation", "社会公益组织"),
    ("legal_service_organisation", "法律服务机构"),
    ("other_organisation", "其他"),
    ("total", "总计"),
)
OUTCOMES: tuple[tuple[str, str], ...] = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)
DISPUTES: tuple[tuple[str, str], ...] = (
    ("review", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after_review", "复议后起诉"),
)

_GROUPED: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "（三）不予公开",
        (
            ("refused_state_secret", "1.属于国家秘密"),
            ("refused_prohibited_by_law", "2.其他法律行政法规禁止公开"),
            ("refused_security_stability", "3.危及“三安全一稳定”"),
            ("refused_third_party_rights", "4.保护第三方合法权益"),
            ("refused_internal_affairs", "5.属于三类内部事务信息"),
            ("refused_deliberative_process", "6.属于四类过程性信息"),
            ("refused_enforcement_file", "7.属于行政执法案卷"),
            ("refused_administrative_query", "8.属于行政查询事项"),
        ),
    ),
    (
        "（四）无法提供",
        (
            ("unavailable_not_held", "1.本机关不掌握相关政府信息"),
            ("unavailable_requires_creation", "2.没有现成信息需要另行制作"),
            ("unavailable_still_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    (
        "（五）不予处理",
        (
            ("not_processed_petition", "1.信访举报投诉类申请"),
            ("not_processed_duplicate", "2.重复申请"),
            ("not_processed_publication", "3.要求提供公开出版物"),
            ("not_processed_excessive", "4.无正当理由大量反复申请"),
            ("not_processed_reconfirmation", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
_OTHER_HANDLING_V2021: tuple[tuple[str, str], ...] = (
    ("other_correction_overdue", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_other", "3.其他"),
)

_Item = tuple[str, str]
_ProactiveBlock = tuple[str, tuple[_Item, ...], tuple[_Item, ...]]
"""Clause heading, columns, items."""

_PROACTIVE: dict[Edition, tuple[_ProactiveBlock, ...]] = {
    "v2021": (
        (
            "第二十条第（一）项",
            (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")),
            (("regulation", "规章"), ("normative_document", "行政规范性文件")),
        ),
        (
            "第二十条第（五）项",
            (("decisions", "本年处理决定数量"),),
            (("administrative_licence", "行政许可"),),
        ),
        (
            "第二十条第（六）项",
            (("decisions", "本年处理决定数量"),),
            (("administrative_penalty", "行政处罚"), ("administrative_compulsion", "行政强制")),
        ),
        (
            "第二十条第（八）项",
            (("amount", "本年收费金额（单位：万元）"),),
            (("administrative_fee", "行政事业性收费"),),
        ),
    ),
    "v2019": (
        (
            "第二十条第（一）项",
            (
                ("newly_made", "本年新制作数量"),
                ("newly_disclosed", "本年新公开数量"),
                ("disclosed_total", "对外公开总数量"),
            ),
            (("regulation", "规章"), ("normative_document", "规范性文件")),
        ),
        (
            "第二十条第（五）项",
            (
                ("items_prev_year", "上一年项目数量"),
                ("items_change", "本年增/减"),
                ("decisions", "处理决定数量"),
            ),
            (("administrative_licence", "行政许可"), ("other_external_service", "其他对外管理服务事项")),
        ),
        (
            "第二十条第（六）项",
            (
                ("items_prev_year", "上一年项目数量"),
                ("items_change", "本年增/减"),
                ("decisions", "处理决定数量"),
            ),
            (("administrative_penalty", "行政处罚"), ("administrative_compulsion", "行政强制")),
        ),
        (
            "第二十条第（八）项",
            (("items_prev_year", "上一年项目数量"), ("items_change", "本年增/减")),
            (("administrative_fee", "行政事业性收费"),),
        ),
        (
            "第二十条第（九）项",
            (("projects", "采购项目数量"), ("amount", "采购总金额")),
            (("centralised_procurement", "政府集中采购"),),
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSpec:
    """One annual report: who reports on which year, and every figure as the page prints it.

    ``figures`` is complete for its ``edition``: a blank cell is ``""``, never a missing key.
    Dates are ISO; ``document_number`` is printed as it stands (``无文号`` and ``〔〕号`` included).
    """

    publisher: str
    year: int
    edition: Edition
    figures: Mapping[FigureKey, str]
    index_number: str
    document_number: str
    issued_on: str
    published_on: str
    heading: str | None = None
    """The title where it differs from the usual one."""

    def __post_init__(self) -> None:
        expected = set(figure_keys(self.edition))
        given = set(self.figures)
        if expected != given:
            wrong = sorted(expected ^ given)[:3]
            raise ValueError(
                f"{self.publisher} {self.year}: figures of form {self.edition} missing or not of this form, "
                f"for example {wrong}; give every cell of the form and no other"
            )

    @property
    def title(self) -> str:
        """The title as list, head and body print it."""
        return self.heading or f"{self.publisher}{self.year}年政府信息公开工作年度报告"

    @property
    def key(self) -> tuple[str, int]:
        """(publisher, year): what identifies a report on its portal."""
        return self.publisher, self.year

    def with_figures(self, changes: Mapping[FigureKey, str]) -> ReportSpec:
        """The same report with some cells printed differently; nothing else is adjusted."""
        return replace(self, figures={**self.figures, **changes})

    def with_blank_zeros(self) -> ReportSpec:
        """The same report from a body that leaves a cell empty instead of printing 0."""
        return replace(self, figures={key: "" if text == "0" else text for key, text in self.figures.items()})


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell of a printed table; ``key`` is set where it carries a figure."""

    text: str
    row_span: int = 1
    column_span: int = 1
    key: FigureKey | None = None


PrintedRow = tuple[PrintedCell, ...]
PrintedTable = tuple[PrintedRow, ...]


def request_rows(edition: Edition) -> tuple[str, ...]:
    """Row codes of the requests table in printed order."""
    grouped = tuple(code for _, leaves in _GROUPED for code, _ in leaves)
    other = ("other_handling",) if edition == "v2019" else tuple(code for code, _ in _OTHER_HANDLING_V2021)
    return (
        "new_received",
        "carried_in",
        "granted",
        "partially_granted",
        *grouped,
        *other,
        "outcome_total",
        "carried_out",
    )


def outcome_leaves(edition: Edition) -> tuple[str, ...]:
    """Rows of the requests table that add up to ``outcome_total``."""
    return request_rows(edition)[2:-2]


def proactive_keys(edition: Edition) -> Iterator[FigureKey]:
    """Keys of the proactive table in printed order."""
    for _, columns, items in _PROACTIVE[edition]:
        for item, _ in items:
            for column, _ in columns:
                yield "proactive", item, column


def figure_keys(edition: Edition) -> Iterator[FigureKey]:
    """Every cell of the form's three tables in printed order."""
    yield from proactive_keys(edition)
    for row in request_rows(edition):
        for column, _ in APPLICANTS:
            yield "requests", row, column
    for row, _ in DISPUTES:
        for column, _ in OUTCOMES:
            yield "disputes", row, column


def proactive_blocks(report: ReportSpec) -> list[PrintedTable]:
    """The proactive table, clause by clause, four columns wide."""
    blocks = []
    for clause, columns, items in _PROACTIVE[report.edition]:
        rows: list[PrintedRow] = [(PrintedCell(clause, column_span=4),)]
        rows.append((PrintedCell("信息内容"), *_over_three_columns([(label, None) for _, label in columns])))
        for item, label in items:
            keys: list[FigureKey] = [("proactive", item, column) for column, _ in columns]
            rows.append((PrintedCell(label), *_over_three_columns([(report.figures[key], key) for key in keys])))
        blocks.append(tuple(rows))
    return blocks


def _over_three_columns(cells: list[tuple[str, FigureKey | None]]) -> list[PrintedCell]:
    *first, (text, key) = cells
    last = PrintedCell(text, column_span=4 - len(cells), key=key)
    return [*(PrintedCell(other, key=other_key) for other, other_key in first), last]


def request_header() -> PrintedTable:
    """The three header rows of the requests table, ten columns wide."""
    labels = [label for _, label in APPLICANTS]
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    return (
        (PrintedCell(note, row_span=3, column_span=3), PrintedCell("申请人情况", column_span=7)),
        (
            PrintedCell(labels[0], row_span=2),
            PrintedCell("法人或其他组织", column_span=5),
            PrintedCell(labels[-1], row_span=2),
        ),
        tuple(PrintedCell(label) for label in labels[1:-1]),
    )


def request_parts(report: ReportSpec) -> tuple[PrintedTable, PrintedTable]:
    """The body of the requests table in two runs of rows, cut before （五）, as pages that cut it print them.

    The cell 三、本年度办理结果 spans the rows of its own run; ``request_table`` joins them.
    """
    groups: list[tuple[str, tuple[tuple[str, str], ...]]] = list(_GROUPED)
    if report.edition == "v2021":
        groups.append(("（六）其他处理", _OTHER_HANDLING_V2021))
    first: list[PrintedRow] = [
        _values(report, "granted", PrintedCell("（一）予以公开", column_span=2)),
        _values(
            report,
            "partially_granted",
            PrintedCell("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", column_span=2),
        ),
    ]
    second: list[PrintedRow] = []
    for heading, leaves in groups:
        rows = first if heading in ("（三）不予公开", "（四）无法提供") else second
        for place, (code, label) in enumerate(leaves):
            opening = (PrintedCell(heading, row_span=len(leaves)),) if place == 0 else ()
            rows.append(_values(report, code, *opening, PrintedCell(label)))
    if report.edition == "v2019":
        second.append(_values(report, "other_handling", PrintedCell("（六）其他处理", column_span=2)))
    second.append(_values(report, "outcome_total", PrintedCell("（七）总计", column_span=2)))
    opening_cell = PrintedCell("三、本年度办理结果", row_span=len(first))
    carried_over = PrintedCell("", row_span=len(second))
    return (
        (
            _values(report, "new_received", PrintedCell("一、本年新收政府信息公开申请数量", column_span=3)),
            _values(report, "carried_in", PrintedCell("二、上年结转政府信息公开申请数量", column_span=3)),
            (opening_cell, *first[0]),
            *first[1:],
        ),
        (
            (carried_over, *second[0]),
            *second[1:],
            _values(report, "carried_out", PrintedCell("四、结转下年度继续办理", column_span=3)),
        ),
    )


def _values(report: ReportSpec, row: str, *labels: PrintedCell) -> PrintedRow:
    keys: list[FigureKey] = [("requests", row, column) for column, _ in APPLICANTS]
    return (*labels, *(PrintedCell(report.figures[key], key=key) for key in keys))


def request_table(report: ReportSpec) -> PrintedTable:
    """The requests table in one piece: 三、本年度办理结果 spans 22 rows in v2021 and 20 in v2019."""
    first, second = request_parts(report)
    result_cell, joined_cell = first[2][0], second[0][0]
    whole = replace(result_cell, row_span=result_cell.row_span + joined_cell.row_span)
    return (*request_header(), *first[:2], (whole, *first[2][1:]), *first[3:], second[0][1:], *second[1:])


def dispute_table(report: ReportSpec) -> PrintedTable:
    """The disputes table: three header rows and one row of fifteen figures."""
    outcomes = [label for _, label in OUTCOMES]
    review, *litigation = (label for _, label in DISPUTES)
    keys: list[FigureKey] = [("disputes", row, column) for row, _ in DISPUTES for column, _ in OUTCOMES]
    return (
        (PrintedCell(review, column_span=5), PrintedCell("行政诉讼", column_span=10)),
        (
            *(PrintedCell(label, row_span=2) for label in outcomes),
            *(PrintedCell(label, column_span=5) for label in litigation),
        ),
        tuple(PrintedCell(label) for label in outcomes * 2),
        tuple(PrintedCell(report.figures[key], key=key) for key in keys),
    )


def sections(report: ReportSpec) -> list[tuple[str, list[str]]]:
    """The six sections: heading and sentences; tables follow the sentences of 二, 三 and 四."""
    received = report.figures["requests", "new_received", "total"] or "若干"
    period = f"统计期限为{report.year}年1月1日至{report.year}年12月31日"
    last = "本年度收取信息处理费0元。" if report.edition == "v2021" else "本年度无其他需要报告的事项。"
    return [
        (
            "一、总体情况",
            [
                f"本报告由{report.publisher}编制，{period}。",
                f"本年新收政府信息公开申请{received}件，公开专栏按月更新，目录每季度核对一次。",
            ],
        ),
        ("二、主动公开政府信息情况", []),
        ("三、收到和处理政府信息公开申请情况", []),
        ("四、政府信息公开行政复议、行政诉讼情况", []),
        ("五、存在的主要问题及改进情况", ["目录分类还不够细，下一年将逐项补充说明并安排两次培训。"]),
        ("六、其他需要报告的事项", [last]),
    ]
