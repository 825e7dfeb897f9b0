"""Reports of the years before 2019, of our own writing: lists of indicators, and prose.

The labels stand here a second time, beside the forms that extraction reads by, for the reason that ``reports`` gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

Dialect = Literal["html", "bars", "tabs", "cells"]
"""A page; or text with bars, with tabs, or with one cell a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; ``code`` is None for a heading and for a line of a body's own."""

    code: str | None
    label: str
    unit: str


S2014: Final[tuple[Line, ...]] = (
    Line(None, "一、主动公开情况", "——"),
    Line("proactive_items", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    Line("proactive_normative_documents", "其中：主动公开规范性文件数", "条"),
    Line("normative_documents_issued", "制发规范性文件总数", "件"),
    Line(None, "（二）通过不同渠道和方式公开政府信息的情况", "——"),
    Line("channel_gazette", "1．政府公报公开政府信息数", "条"),
    Line("channel_website", "2．政府网站公开政府信息数", "条"),
    Line("channel_weibo", "3．政务微博公开政府信息数", "条"),
    Line("channel_wechat", "4．政务微信公开政府信息数", "条"),
    Line("channel_other", "5．其他方式公开政府信息数", "条"),
    Line(None, "二、回应解读情况", "——"),
    Line("response_hot_topics", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    Line(None, "（二）通过不同渠道和方式回应解读的情况", "——"),
    Line("press_conferences", "1．参加或举办新闻发布会总次数", "次"),
    Line("press_conferences_principal", "其中：主要负责同志参加新闻发布会次数", "次"),
    Line("online_interviews", "2．政府网站在线访谈次数", "次"),
    Line("online_interviews_principal", "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    Line("policy_interpretations", "3．政策解读稿件发布数", "篇"),
    Line("weibo_wechat_responses", "4．微博微信回应事件数", "次"),
    Line("other_responses", "5．其他方式回应事件数", "次"),
    Line(None, "三、依申请公开情况", "——"),
    Line("requests_received", "（一）收到申请数", "件"),
    Line("received_in_person", "1．当面申请数", "件"),
    Line("received_fax", "2．传真申请数", "件"),
    Line("received_online", "3．网络申请数", "件"),
    Line("received_letter", "4．信函申请数", "件"),
    Line("requests_concluded", "（二）申请办结数", "件"),
    Line("concluded_on_time", "1．按时办结数", "件"),
    Line("concluded_extended", "2．延期办结数", "件"),
    Line("replies", "（三）申请答复数", "件"),
    Line("reply_already_public", "1．属于已主动公开范围数", "件"),
    Line("reply_granted", "2．同意公开答复数", "件"),
    Line("reply_partially_granted", "3．同意部分公开答复数", "件"),
    Line("reply_refused", "4．不同意公开答复数", "件"),
    Line("refused_state_secret", "其中：1．涉及国家秘密", "件"),
    Line("refused_trade_secret", "2．涉及商业秘密", "件"),
    Line("refused_privacy", "3．涉及个人隐私", "件"),
    Line("refused_security_stability", "4．危及国家安全、公共安全、经济安全和社会稳定", "件"),
    Line("refused_not_government_information", "5．不是《条例》所指政府信息", "件"),
    Line("refused_other_legal", "6．法律法规规定的其他情形", "件"),
    Line("reply_not_this_agency", "5．不属于本行政机关公开数", "件"),
    Line("reply_not_exist", "6．申请信息不存在数", "件"),
    Line("reply_amend", "7．告知作出更改补充数", "件"),
    Line("reply_other_channel", "8．告知通过其他途径办理数", "件"),
    Line("review_total", "四、行政复议数量", "件"),
    Line("review_upheld", "（一）维持具体行政行为数", "件"),
    Line("review_corrected", "（二）被依法纠错数", "件"),
    Line("review_other", "（三）其他情形数", "件"),
    Line("litigation_total", "五、行政诉讼数量", "件"),
    Line("litigation_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    Line("litigation_corrected", "（二）被依法纠错数", "件"),
    Line("litigation_other", "（三）其他情形数", "件"),
    Line("complaints_total", "六、举报投诉数量", "件"),
    Line("request_fees", "七、依申请公开信息收取的费用", "万元"),
    Line(None, "八、机构建设和保障经费情况", "——"),
    Line("capacity_units", "（一）政府信息公开工作专门机构数", "个"),
    Line("capacity_reading_points", "（二）设置政府信息公开查阅点数", "个"),
    Line("capacity_staff", "（三）从事政府信息公开工作人员数", "人"),
    Line("capacity_staff_full_time", "1．专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    Line("capacity_staff_part_time", "2．兼职人员数", "人"),
    Line(
        "capacity_budget",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
    ),
    Line(None, "九、政府信息公开会议和培训情况", "——"),
    Line("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次"),
    Line("training_sessions", "（二）举办各类培训班数", "次"),
    Line("training_participants", "（三）接受培训人员数", "人次"),
)
"""政府信息公开情况统计表, 2014 to 2018."""
SHANGHAI: Final[tuple[Line, ...]] = (
    Line("proactive_items_cumulative", "主动公开信息数", "条"),
    Line("proactive_fulltext", "其中：全文电子化的主动公开信息数", "条"),
    Line("normative_documents_new", "新增的行政规范性文件数", "条"),
    Line("service_information", "提供服务类信息数", "条"),
    Line("website_visits", "网站专栏页面访问量", "人次"),
    Line("in_person_visitors", "现场接待人数", "人次"),
    Line("online_enquiries", "网上咨询数", "人次"),
    Line("phone_enquiries", "咨询电话接听数", "人次"),
    Line("on_request_catalogue_items", "依申请公开信息目录数", "条"),
    Line("requests_received", "申请总数", "条"),
    Line("received_in_person", "1．当面申请数", "条"),
    Line("received_fax", "2．传真申请数", "条"),
    Line("received_email", "3．电子邮件申请数", "条"),
    Line("received_online", "4．网上申请数", "条"),
    Line("received_letter", "5．信函申请数", "条"),
    Line("received_other", "6．其他形式申请数", "条"),
    Line("replies", "对申请的答复总数", "条"),
    Line("reply_granted", "1．同意公开答复数", "条"),
    Line("reply_partially_granted", "2．同意部分公开答复数", "条"),
    Line("reply_refused", "3．否决公开答复总数", "条"),
    Line("reply_refused_not_government_information", "1．非《规定》所指政府信息", "条"),
    Line("reply_refused_not_exist", "2．信息不存在", "条"),
    Line("reply_refused_not_held", "3．非本部门掌握", "条"),
    Line("reply_refused_unclear", "4．申请内容不明确", "条"),
    Line("reply_refused_exempt_1", "5．免予公开范围1", "条"),
    Line("reply_refused_exempt_2", "6．免予公开范围2", "条"),
    Line("reply_refused_exempt_3", "7．免予公开范围3", "条"),
    Line("reply_refused_exempt_4", "8．免予公开范围4", "条"),
    Line("reply_refused_exempt_5", "9．免予公开范围5", "条"),
    Line("reply_refused_exempt_6", "10．免予公开范围6", "条"),
    Line("reply_refused_other", "11．其它原因", "条"),
    Line("review_total", "行政复议数", "件"),
    Line("litigation_total", "行政诉讼数", "件"),
    Line("complaints_total", "行政申诉数", "件"),
    Line("complaints_dissatisfied", "其中：对本部门首次处理不满意的行政申诉数", "件"),
    Line("fees_total", "收费总数", "元"),
    Line("fees_proactive", "1．主动公开信息收费数", "元"),
    Line("fees_proactive_postage", "（1）邮寄费", "元"),
    Line("fees_proactive_delivery", "（2）递送费", "元"),
    Line("fees_proactive_copies_paper", "（3）复制费（纸张）", "元"),
    Line("fees_proactive_copies_cd", "（4）复制费（光盘）", "元"),
    Line("fees_proactive_copies_floppy", "（5）复制费（软盘）", "元"),
    Line("fees_on_request", "2．依申请公开信息收费数", "元"),
    Line("fees_on_request_search", "（1）检索费", "元"),
    Line("fees_on_request_postage", "（2）邮寄费", "元"),
    Line("fees_on_request_delivery", "（3）递送费", "元"),
    Line("fees_on_request_copies_paper", "（4）复制费（纸张）", "元"),
    Line("fees_on_request_copies_cd", "（5）复制费（光盘）", "元"),
    Line("fees_on_request_copies_floppy", "（6）复制费（软盘）", "元"),
    Line("capacity_staff_full_time", "全职人员数", "人"),
    Line("capacity_staff_part_time", "兼职人员数", "人"),
    Line("capacity_special_funds", "政府信息公开专项经费", "元"),
    Line("capacity_handling_costs", "处理政府信息公开事务的支出", "元"),
    Line("capacity_litigation_costs", "与诉讼有关的费用", "元"),
)
"""Shanghai's statistics, numbered from 01."""
FUJIAN: Final[tuple[Line, ...]] = (
    Line("proactive_items", "主动公开信息数", "条"),
    Line("channel_website", "其中：1．政府网站", "条"),
    Line("channel_gazette", "2．政府公报", "条"),
    Line("requests_received", "受理依申请公开信息总数", "件"),
    Line("received_in_person", "其中：1．当面申请数", "件"),
    Line("received_fax", "2．传真申请数", "件"),
    Line("received_email", "3．电子邮件申请数", "件"),
    Line("received_online", "4．网上申请数", "件"),
    Line("received_letter", "5．信函申请数", "件"),
    Line("received_other", "6．其它形式申请数", "件"),
    Line("replies", "答复总数", "件"),
    Line("reply_granted", "其中：1．同意公开答复数", "件"),
    Line("reply_partially_granted", "2．同意部分公开答复数", "件"),
    Line("reply_refused", "3．否决公开答复数", "件"),
    Line("review_total", "行政复议数", "件"),
    Line("litigation_total", "行政诉讼数", "件"),
    Line("complaints_total", "行政申诉数", "件"),
)
"""Fujian's annex of 2009."""
LISTS: Final[Mapping[str, tuple[Line, ...]]] = {"s2014": S2014, "s2008_shanghai": SHANGHAI, "s2008_fujian": FUJIAN}
COLUMNS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "s2014": (("value", "统计数"),),
    "s2008_shanghai": (("value", "数量"),),
    "s2008_fujian": (("value", "2009年度"), ("cumulative", "历年累计")),
}
"""Code and word of each column of figures."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with its figures as printed, one a column; a heading has none."""

    line: Line
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A report with a list of indicators."""

    publisher: str
    year: int
    columns: tuple[tuple[str, str], ...]
    lines: tuple[PrintedLine, ...]
    head: tuple[str, ...] = ("统计指标", "单位")
    """Words above label and unit; a third, in between, stands over the numbers of the lines."""

    @property
    def title(self) -> str:
        """Its title."""
        return f"{self.publisher}{self.year}年政府信息公开工作年度报告"

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of the list, its head first."""
        numbered = len(self.head) > 2
        yield (*self.head, *(word for _, word in self.columns))
        number = 0
        for one in self.lines:
            number += bool(one.figures)
            own = (f"{number:02}" if one.figures else "",) if numbered else ()
            stroke = "——" if one.line.unit == "——" else ""
            yield (one.line.label, *own, one.line.unit, *(one.figures or (stroke,) * len(self.columns)))


def earlier_report(
    form: str, figures: Mapping[tuple[str, str], str], *, year: int, publisher: str = "青禾县人民政府"
) -> EarlierReport:
    """A report with a form as it was issued; ``figures`` by the codes of line and column, what is not named is 0."""
    columns = COLUMNS[form]
    lines = tuple(
        PrintedLine(
            line,
            () if line.code is None else tuple(figures.get((line.code, column), "0") for column, _ in columns),
        )
        for line in LISTS[form]
    )
    head = ("指标名称", "代码", "计量单位") if form == "s2008_shanghai" else ("统计指标", "单位")
    return EarlierReport(publisher, year, columns, lines, head)


_PROSE: Final = (
    "一、概述",
    "本报告由{publisher}根据《中华人民共和国政府信息公开条例》编制，统计期限为{year}年1月1日至{year}年12月31日。",
    "二、主动公开政府信息的情况",
    "全年按目录逐项更新栏目，并在查阅点放置纸质文件。",
    "三、依申请公开政府信息的情况",
    "申请的受理、登记和答复由办公室统一办理。",
    "四、存在的主要问题和改进措施",
    "栏目之间还有重复之处，下一年将合并，并补齐历史文件。",
)


def page(report: EarlierReport) -> bytes:
    """The report as a page."""
    prose = "".join(f"<p>{escape(line)}</p>" for line in prose_of(report))
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in report.rows())
    style = "<style>table{border-collapse:collapse;width:100%} td{border:1px solid}</style>"
    return (
        f'<html><head><meta charset="utf-8"><title>{report.title}</title>{style}</head><body>'
        f"<h1>{report.title}</h1>{prose}<p>附件：政府信息公开情况统计表</p><table>{rows}</table></body></html>"
    ).encode()


def plain_text(report: EarlierReport, dialect: Dialect) -> bytes:
    """The report as converters write it down: with bars, tabs, or a cell a line."""
    lines = [report.title, *prose_of(report), ""]
    for number, row in enumerate(report.rows()):
        if dialect == "bars":
            lines.append(f"| {' | '.join(row)} |")
            lines += ["|" + "---|" * len(row)] if number == 0 else []
        elif dialect == "tabs":
            lines.append("\t".join(row))
        else:
            lines += row
    return "\n".join((*lines, "")).encode()


def prose_of(report: EarlierReport) -> Sequence[str]:
    """The sections of its text, which hold no figure."""
    return [line.format(publisher=report.publisher, year=report.year) for line in _PROSE]
