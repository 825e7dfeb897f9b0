"""Lists that are no plain pages: each call that a family's own script makes answers as the real system does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urljoin
from urllib.request import Request, urlopen

import pytest

from govreports.replica.server import ReplicaServer


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[ReplicaServer]:
    with ReplicaServer([request.param]) as running:
        yield running


def serves(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("server", [name], indirect=True)


def fetch(url: str, *, form: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> str:
    data = urlencode(form).encode() if form is not None else None
    with urlopen(Request(url, data=data, headers=headers or {}), timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def titles(server: ReplicaServer, name: str) -> list[str]:
    return [item.title for item in server.portal(name).newest_first()]


@serves("hanweb_jpage")
def test_jpage_reaches_every_record_by_following_nextgroup(server: ReplicaServer) -> None:
    url: str | None = server.url("hanweb_jpage")
    proxy = server.url("hanweb_jpage", "/module/web/jpage/dataproxy.jsp")
    found: list[str] = []
    while url:
        page = fetch(url)
        found += re.findall(r"<record><!\[CDATA\[.*?title=\"(.*?)\"", page, re.DOTALL)
        follow = re.search(r'<nextgroup><!\[CDATA\[<a href="(.*?)"', page)
        url = urljoin(proxy, follow[1]) if follow else None
    assert found == titles(server, "hanweb_jpage")


@serves("hanweb_jpage_post")
def test_jpage_post_gives_a_group_of_three_pages(server: ReplicaServer) -> None:
    unit = {"columnid": "46355", "unitid": "6101313", "appid": "1", "webid": "3095"}
    proxy = server.url("hanweb_jpage_post", "/module/web/jpage/dataproxy.jsp")
    answer = fetch(f"{proxy}?startrecord=10&endrecord=14&perpage=3", form=unit)
    assert re.findall(r'title="(.*?)"', answer) == titles(server, "hanweb_jpage_post")[9:14]


@serves("hanweb_jpaas")
def test_jpaas_turns_the_page_only_by_param_json(server: ReplicaServer) -> None:
    unit = server.url("hanweb_jpaas", "/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=55714")
    headers = {"Referer": server.url("hanweb_jpaas")}

    def listed(query: str) -> list[str]:
        answer = json.loads(fetch(f"{unit}&{query}", headers=headers))
        return re.findall(r'title="(.*?)"', answer["data"]["html"])

    expected = titles(server, "hanweb_jpaas")
    assert listed("pageNo=2") == expected[:6]
    assert listed(urlencode({"paramJson": '{"pageNo":2,"pageSize":6}'})) == expected[6:12]


@serves("hanweb_jpaas")
def test_jpaas_refuses_a_call_without_referer(server: ReplicaServer) -> None:
    with pytest.raises(HTTPError, match="403"):
        fetch(server.url("hanweb_jpaas", "/api-gateway/jpaas-publish-server/front/page/build/unit"))


@serves("hanweb_xxgk")
def test_the_search_form_answers_with_rows_and_a_page_count(server: ReplicaServer) -> None:
    search = server.url("hanweb_xxgk", "/module/xxgk/search.jsp?currpage=2")
    answer = fetch(search, form={"divid": "div1474328"}, headers={"Referer": server.url("hanweb_xxgk")})
    assert re.findall(r"title='(.*?)'", answer) == titles(server, "hanweb_xxgk")[6:12]
    assert "共3页" in answer


@serves("hanweb_inline")
def test_the_annual_page_prints_the_report_of_the_year_that_is_asked_for(server: ReplicaServer) -> None:
    page = fetch(server.url("hanweb_inline", "/module/xxgk/xxgkAnnualReport.jsp?fbtime=2022&area=002510119"))
    assert "<h1>秀水市人民政府2022年政府信息公开工作年度报告</h1>" in page


@serves("ucap_json")
def test_ucap_search_carries_metadata_and_body(server: ReplicaServer) -> None:
    channel = re.search(r'name="channelId" content="(.*?)"', fetch(server.url("ucap_json")))
    assert channel is not None
    search = server.url("ucap_json", f"/common/search/{channel[1]}?_isAgg=true&_isJson=true&_pageSize=100&page=2")
    data = json.loads(fetch(search))["data"]
    expected = titles(server, "ucap_json")
    assert data["total"] == len(expected)
    assert [re.sub("</?em>", "", result["title"]) for result in data["results"]] == expected[8:16]


@serves("gkmlpt")
def test_gkmlpt_repeats_page_1_as_page_0(server: ReplicaServer) -> None:
    api = server.url("gkmlpt", "/gkmlpt/api/all/20765?sid=755001&page=")
    pages = [[article["title"] for article in json.loads(fetch(api + n))["articles"]] for n in "012"]
    expected = titles(server, "gkmlpt")
    assert pages == [expected[:5], expected[:5], expected[5:10]]


@serves("gkmlpt")
def test_gkmlpt_gives_times_in_unix_seconds_of_china(server: ReplicaServer) -> None:
    article = json.loads(fetch(server.url("gkmlpt", "/gkmlpt/api/all/0?sid=755001&page=1")))["articles"][0]
    item = server.portal("gkmlpt").newest_first()[0]
    assert (article["first_publish_time"] + 8 * 3600) % 86400 == 0
    assert article["created_at"].startswith(item.published_on)


@serves("lonsun_list")
def test_lonsun_answers_the_call_that_its_own_page_makes(server: ReplicaServer) -> None:
    shell = fetch(server.url("lonsun_list"))
    call = dict(re.findall(r"(\w+): '(.*?)'", shell))
    url = urljoin(server.url("lonsun_list"), call.pop("url"))
    answer = fetch(f"{url}&{urlencode({**call, 'pageIndex': '2'})}")
    assert re.findall(r'title="(.*?)"', answer) == titles(server, "lonsun_list")[5:10]
    assert "pageCount: 3" in answer


@serves("vsb")
def test_vsb_page_numbers_run_down(server: ReplicaServer) -> None:
    found: list[str] = []
    asked: list[str] = []
    url: str | None = server.url("vsb")
    while url:
        asked.append(url.rpartition("/")[2])
        page = fetch(url)
        found += re.findall(r"title='(.*?)'", page)
        follow = re.search(r'p_next p_fun"><a href="(.*?)"', page)
        url = urljoin(url, follow[1]) if follow else None
    assert asked == ["zfxxgknb.htm", "3.htm", "2.htm", "1.htm"]
    assert found == titles(server, "vsb")


@serves("pc_list")
def test_pc_list_holds_addresses_as_json_inside_json(server: ReplicaServer) -> None:
    page = fetch(server.url("pc_list"))
    start = page.index("articleList: ") + len("articleList: ")
    articles, _ = json.JSONDecoder().raw_decode(page[start:])
    government = [item.title for item in server.portal("pc_list").newest_first() if not item.organ]
    assert [article["title"] for article in articles] == government
    assert json.loads(articles[0]["urls"])["pc"].startswith("/qlqrmzf/c00145/pc/content/content_188")


@serves("gongkai_district")
def test_a_gongkai_channel_prints_no_item_without_its_script(server: ReplicaServer) -> None:
    assert "/doc_" not in fetch(server.url("gongkai_district"))


@serves("gongkai_district")
def test_gongkai_documents_lead_to_every_document_of_their_channel(server: ReplicaServer) -> None:
    portal = server.portal("gongkai_district")
    todo = [server.url("gongkai_district", path) for path in portal.known_documents]
    seen: set[str] = set()
    while todo:
        url = todo.pop()
        if url not in seen:
            seen.add(url)
            todo += [urljoin(url, link) for link in re.findall(r'href="(/gongkai/[^"]*/doc_\w+\.html)"', fetch(url))]
    assert seen == {server.url("gongkai_district", portal.article_path(item)) for item in portal.items}


@serves("lonsun_inline")
def test_an_inline_year_is_asked_for_by_time_frame(server: ReplicaServer) -> None:
    column = server.url("lonsun_inline")
    assert parse_qs(column)["timeFrame"] == ["2024"]
    assert "安溪洲区人民政府2021年政府信息公开工作年度报告" in fetch(column.replace("2024", "2021"))
