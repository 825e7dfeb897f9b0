"""The replica portals by name: which family and habits each has, and what it publishes.

Places and bodies are invented, so that no figure of ours can be taken for one of a real government.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from govreports.replica.families.gongkai import GongkaiPortal
from govreports.replica.families.guangdong import GkmlptPortal, NfcmsPortal
from govreports.replica.families.hanweb import (
    HanwebInlinePortal,
    HanwebJpaasPortal,
    HanwebJpagePortal,
    HanwebXxgkPortal,
)
from govreports.replica.families.lonsun import LonsunPortal
from govreports.replica.families.pc_list import PcListPortal
from govreports.replica.families.static import StaticPortal, XianPortal
from govreports.replica.families.trs import TrsHabits, TrsPortal
from govreports.replica.families.ucap import UcapPortal
from govreports.replica.families.vsb import VsbPortal
from govreports.replica.portal import Portal, look_alikes
from govreports.replica.rendering import Layout
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports

_WORD = Layout(word_paste=True)
_NESTED = Layout(nested=True)
_SPLIT = Layout(split=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """An invented district: its name and its division code (province digits real, the rest unused)."""

    name: str
    code: str
    short: str

    def government(self, *, requests: int = 24) -> Publisher:
        return Publisher(
            name=f"{self.name}人民政府",
            credit_code=f"11{self.code}MB0000001A",
            requests=requests,
            document_prefix=f"{self.short}政",
        )

    def bodies(self, *named: tuple[str, str]) -> list[Publisher]:
        return [
            Publisher(
                name=self.name + name,
                credit_code=f"11{self.code}MB00001{place:02d}X",
                requests=5,
                slug=slug,
            )
            for place, (name, slug) in enumerate(named)
        ]


def _site(place: _Place, reports: Iterable[ReportSpec], *, decoy_years: Iterable[int] = (2023,)) -> dict[str, Any]:
    name = f"{place.name}人民政府"
    decoys = [title for year in decoy_years for title in look_alikes(name, year)]
    return {"name": name, "division_code": place.code, "reports": list(reports), "decoys": decoys}


def _reports(place: _Place, years: Iterable[int], *bodies: Publisher) -> list[ReportSpec]:
    return sample_reports(int(place.code), publishers=bodies or [place.government()], years=years)


def _trs_plain() -> Portal:
    place = _Place("清岚区", "420191", "清岚")
    reports = _reports(place, range(2019, 2026))
    return TrsPortal(
        "trs_plain",
        habits=TrsHabits(),
        page_size=5,
        layouts=(_WORD, _NESTED, _SPLIT),
        **_site(place, reports),
    )


def _trs_offset() -> Portal:
    place = _Place("南屿区", "530191", "南屿")
    reports = _reports(place, range(2019, 2026))
    # One body that leaves cells empty, one whose total is one too high.
    blank, wrong = reports[-2], reports[-1]
    total = ("requests", "outcome_total", "total")
    reports[-2] = blank.with_blank_zeros()
    reports[-1] = wrong.with_figures({total: str(int(wrong.figures[total]) + 1)})
    return TrsPortal(
        "trs_offset",
        habits=TrsHabits(
            extension="html",
            second_page=2,
            pager="createPageHTML_div",
            metadata="bold_table",
            stub_past_end=False,
        ),
        page_size=4,
        header_charset=True,
        **_site(place, reports),
    )


def _trs_repeat() -> Portal:
    place = _Place("北渚区", "530192", "北渚")
    return TrsPortal(
        "trs_repeat",
        habits=TrsHabits(extension="htm", second_page=2, first_again=True, pager="text", metadata="none"),
        page_size=4,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _trs_years() -> Portal:
    place = _Place("云汀区", "420192", "云汀")
    bodies = [
        place.government(),
        *place.bodies(("教育局", "jyj"), ("民政局", "mzj"), ("临江街道办事处", "ljjd")),
    ]
    return TrsPortal(
        "trs_years",
        habits=TrsHabits(shape="years", pager="createPageHTML_five"),
        page_size=3,
        layouts=(_SPLIT, _WORD),
        **_site(place, _reports(place, range(2021, 2025), *bodies)),
    )


def _trs_organs() -> Portal:
    place = _Place("丰禾市", "320191", "丰禾")
    bodies = place.bodies(("清岚区人民政府", "qlq"), ("南屿区人民政府", "nyq"), ("财政局", "czj"))
    return TrsPortal(
        "trs_organs",
        habits=TrsHabits(shape="organs", extension="html", pager="countPage"),
        organs={body.name: body.slug for body in bodies},
        **_site(place, _reports(place, range(2022, 2025), *bodies)),
    )


def _trs_city() -> Portal:
    place = _Place("禾津市", "320193", "禾津")
    districts = place.bodies(("柳塘区人民政府", "ltq"), ("白沙屿区人民政府", "bsyq"))
    return TrsPortal(
        "trs_city",
        habits=TrsHabits(shape="city", extension="html"),
        organs={district.name: district.slug for district in districts},
        page_size=4,
        **_site(place, _reports(place, range(2020, 2025), place.government(), *districts)),
    )


def _trs_script() -> Portal:
    place = _Place("石浦区", "420193", "石浦")
    return TrsPortal(
        "trs_script",
        habits=TrsHabits(rows="script", pager="countPage"),
        page_size=6,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _trs_table() -> Portal:
    place = _Place("山月区", "500191", "山月")
    return TrsPortal(
        "trs_table",
        habits=TrsHabits(rows="table", pager="createPage", extension="html"),
        page_size=6,
        gzip_unasked=True,
        **_site(place, _reports(place, range(2021, 2026))),
    )


def _trs_gbk() -> Portal:
    place = _Place("古槐区", "110191", "古槐")
    return TrsPortal(
        "trs_gbk",
        habits=TrsHabits(extension="htm", pager="text", metadata="none"),
        charset="gbk",
        **_site(place, _reports(place, range(2021, 2024))),
    )


def _gongkai_district() -> Portal:
    place = _Place("张陵区", "370391", "张陵")
    bodies = [
        place.government(),
        *place.bodies(("公园路街道办事处", "zlqgyljdbsc"), ("投资促进局", "zlqtzcjj"), ("信访局", "zlqxfj")),
    ]
    return GongkaiPortal(
        "gongkai_district",
        organs={body.name: body.slug for body in bodies if body.slug},
        layouts=(Layout(), _WORD),
        **_site(place, _reports(place, range(2020, 2025), *bodies)),
    )


def _gongkai_traditional() -> Portal:
    place = _Place("湖西区", "370191", "湖西")
    return GongkaiPortal(
        "gongkai_traditional",
        channel="channel_6389a0883759918282632254",
        traditional=True,
        **_site(place, _reports(place, range(2021, 2024))),
    )


def _hanweb_jpage() -> Portal:
    place = _Place("余塘区", "330191", "余塘")
    return HanwebJpagePortal(
        "hanweb_jpage",
        column_id=1229709995,
        page_size=5,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _hanweb_jpage_post() -> Portal:
    place = _Place("泰宁市", "320192", "泰宁")
    return HanwebJpagePortal(
        "hanweb_jpage_post",
        column_id=46355,
        call="post",
        metadata="heads_and_cells",
        page_size=2,
        **_site(place, _reports(place, range(2019, 2026))),
    )


def _hanweb_frame() -> Portal:
    place = _Place("钱溪区", "330194", "钱溪")
    return HanwebJpagePortal(
        "hanweb_frame",
        column_id=1229708,
        call="post",
        framed=True,
        charset="gbk",
        page_size=2,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _hanweb_jpaas() -> Portal:
    place = _Place("泉城市", "370192", "泉城")
    return HanwebJpaasPortal(
        "hanweb_jpaas",
        column_id=55714,
        metadata="header_row",
        page_size=6,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _hanweb_xxgk() -> Portal:
    place = _Place("江津渡区", "330192", "江津渡")
    return HanwebXxgkPortal(
        "hanweb_xxgk", column_id=1474328, page_size=6, **_site(place, _reports(place, range(2020, 2026)))
    )


def _hanweb_inline() -> Portal:
    place = _Place("秀水市", "330193", "秀水")
    bodies = [place.government(), *place.bodies(("教育局", "jyj"), ("民政局", "mzj"))]
    return HanwebInlinePortal(
        "hanweb_inline", column_id=1256283, **_site(place, _reports(place, range(2021, 2025), *bodies), decoy_years=())
    )


def _hanweb_inline_years() -> Portal:
    place = _Place("瓯江浦市", "330195", "瓯江浦")
    return HanwebInlinePortal(
        "hanweb_inline_years",
        column_id=1256284,
        years_linked=False,
        **_site(place, _reports(place, [2018, 2019, 2021, 2022, 2023, 2024]), decoy_years=()),
    )


def _ucap_json() -> Portal:
    place = _Place("新泉县", "650191", "新泉")
    return UcapPortal(
        "ucap_json",
        lists="json",
        site_name="xinquan",
        channel="xxgknb2024n",
        page_size=8,
        **_site(place, _reports(place, range(2019, 2026)), decoy_years=(2022, 2023)),
    )


def _ucap_years() -> Portal:
    place = _Place("昌河县", "650192", "昌河")
    bodies = [place.government(), *place.bodies(("教育局", "jyj"), ("民政局", "mzj"))]
    return UcapPortal(
        "ucap_years",
        lists="years",
        site_name="changhe",
        channel="xxgknb{}n",
        page_size=2,
        **_site(place, _reports(place, range(2021, 2025), *bodies)),
    )


def _ucap_static() -> Portal:
    place = _Place("青峦区", "360191", "青峦")
    return UcapPortal(
        "ucap_static",
        lists="static",
        site_name="qinglq",
        channel="c100122",
        page_size=5,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _gkmlpt() -> Portal:
    place = _Place("罗屏区", "440391", "罗屏")
    return GkmlptPortal("gkmlpt", page_size=5, **_site(place, _reports(place, range(2020, 2026))))


def _gkmlpt_department() -> Portal:
    place = _Place("榕石区", "440392", "榕石")
    body = place.bodies(("发展改革局", "fgj"))
    reports = _reports(place, range(2022, 2025), *body)
    return GkmlptPortal("gkmlpt_department", prefix="/rsqfgj", **_site(place, reports))


def _nfcms() -> Portal:
    place = _Place("遂河县", "440891", "遂河")
    return NfcmsPortal("nfcms", page_size=5, **_site(place, _reports(place, range(2020, 2026))))


def _nfcms_script() -> Portal:
    place = _Place("莲溪县", "440892", "莲溪")
    return NfcmsPortal("nfcms_script", pager="script", page_size=10, **_site(place, _reports(place, range(2020, 2026))))


def _lonsun_list() -> Portal:
    place = _Place("瑶岭区", "340191", "瑶岭")
    return LonsunPortal(
        "lonsun_list",
        organ_id=13741,
        shows="list",
        page_size=5,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _lonsun_inline() -> Portal:
    place = _Place("安溪洲区", "340192", "安溪洲")
    return LonsunPortal(
        "lonsun_inline",
        organ_id=16551,
        shows="inline",
        **_site(place, _reports(place, range(2020, 2025)), decoy_years=()),
    )


def _lonsun_post() -> Portal:
    place = _Place("鸠江浦市", "340193", "鸠江浦")
    return LonsunPortal(
        "lonsun_post",
        organ_id=6596211,
        shows="list",
        answers="post",
        prefix="/openness",
        page_size=6,
        **_site(place, _reports(place, range(2021, 2026))),
    )


def _vsb() -> Portal:
    place = _Place("普澜市", "530193", "普澜")
    return VsbPortal("vsb", page_size=4, **_site(place, _reports(place, range(2019, 2026))))


def _vsb_tree() -> Portal:
    place = _Place("双江口县", "530194", "双江口")
    return VsbPortal("vsb_tree", lists="tree", page_size=4, **_site(place, _reports(place, range(2021, 2026))))


def _vsb_module() -> Portal:
    place = _Place("商原市", "610194", "商原")
    return VsbPortal("vsb_module", lists="module", page_size=5, **_site(place, _reports(place, range(2021, 2026))))


def _pc_list() -> Portal:
    place = _Place("宜江市", "360192", "宜江")
    bodies = [place.government(), *place.bodies(("教育局", "jyj"), ("民政局", "mzj"))]
    return PcListPortal(
        "pc_list",
        organs={body.name: body.slug for body in bodies if body.slug},
        **_site(place, _reports(place, range(2022, 2026), *bodies)),
    )


def _xian() -> Portal:
    place = _Place("雁栖坡区", "610191", "雁栖坡")
    return XianPortal("xian", page_size=5, **_site(place, _reports(place, range(2020, 2026))))


def _static_index() -> Portal:
    place = _Place("松石湾县", "610193", "松石湾")
    return StaticPortal(
        "static_index",
        second_page="index_1.html",
        page_size=5,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _static_query() -> Portal:
    place = _Place("竹溪口区", "610192", "竹溪口")
    return StaticPortal(
        "static_query",
        second_page="?page=2",
        page_size=5,
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _static_list() -> Portal:
    place = _Place("怀川区", "410191", "怀川")
    return StaticPortal(
        "static_list",
        second_page="list-2.html",
        pager="count",
        page_size=5,
        article="/htmls/gk/art{number}.html",
        **_site(place, _reports(place, range(2020, 2026))),
    )


def _static_frame() -> Portal:
    place = _Place("建溪市", "350191", "建溪")
    return StaticPortal(
        "static_frame",
        second_page="list_2.html",
        framed=True,
        page_size=6,
        article="/cms/html/jxs/{day}/{number}.html",
        **_site(place, _reports(place, range(2021, 2026))),
    )


def _static_probe() -> Portal:
    place = _Place("滇池沿区", "530195", "滇池沿")
    return StaticPortal(
        "static_probe",
        second_page="index_1.html",
        pager="none",
        page_size=10,
        article="/c/{day}/{number}.shtml",
        **_site(place, _reports(place, range(2020, 2026))),
    )


_CATALOGUE: dict[str, Callable[[], Portal]] = {
    "trs_plain": _trs_plain,
    "trs_offset": _trs_offset,
    "trs_repeat": _trs_repeat,
    "trs_years": _trs_years,
    "trs_organs": _trs_organs,
    "trs_city": _trs_city,
    "trs_script": _trs_script,
    "trs_table": _trs_table,
    "trs_gbk": _trs_gbk,
    "gongkai_district": _gongkai_district,
    "gongkai_traditional": _gongkai_traditional,
    "hanweb_jpage": _hanweb_jpage,
    "hanweb_jpage_post": _hanweb_jpage_post,
    "hanweb_frame": _hanweb_frame,
    "hanweb_jpaas": _hanweb_jpaas,
    "hanweb_xxgk": _hanweb_xxgk,
    "hanweb_inline": _hanweb_inline,
    "hanweb_inline_years": _hanweb_inline_years,
    "ucap_json": _ucap_json,
    "ucap_years": _ucap_years,
    "ucap_static": _ucap_static,
    "gkmlpt": _gkmlpt,
    "gkmlpt_department": _gkmlpt_department,
    "nfcms": _nfcms,
    "nfcms_script": _nfcms_script,
    "lonsun_list": _lonsun_list,
    "lonsun_post": _lonsun_post,
    "lonsun_inline": _lonsun_inline,
    "vsb": _vsb,
    "vsb_tree": _vsb_tree,
    "vsb_module": _vsb_module,
    "pc_list": _pc_list,
    "xian": _xian,
    "static_index": _static_index,
    "static_query": _static_query,
    "static_list": _static_list,
    "static_frame": _static_frame,
    "static_probe": _static_probe,
}


def portal_names() -> list[str]:
    """Every replica portal that can be asked for by name."""
    return list(_CATALOGUE)


def make_portal(name: str) -> Portal:
    """A fresh replica portal. Raises LookupError for a name that is not in the catalogue."""
    if name not in _CATALOGUE:
        raise LookupError(f"no replica portal {name!r}; there are {', '.join(_CATALOGUE)}")
    return _CATALOGUE[name]()
