"""Alerts reach a real mail server, a real webhook, a file and the log: each once, and kept while a way is closed."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from collected import put_empty_store
from receivers import MailBox, mail_server, webhook
from scrapy.settings import Settings
from tls_site import make_certificate

from govreports.monitors.delivery import deliver, prepare
from govreports.monitors.errors import SinkConfigError
from govreports.monitors.sinks import sinks_of
from govreports.store import CrawlCounters, PortalFacts, Store, open_store
from govreports.store.alerts import VerdictRow, claim, keep_verdicts

MORNING = datetime(2026, 2, 2, 3, 0, tzinfo=UTC)
PASSWORD = "hush-hush"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(put_empty_store(tmp_path / "reports.sqlite")) as store:
        yield store


def settings(**values: Any) -> Settings:
    made = Settings()
    made.setmodule("govreports.settings", priority="project")
    made.setdict({f"GOVREPORTS_{name}": value for name, value in values.items()}, priority="cmdline")
    return made


def to_mail(box: MailBox, **more: Any) -> Settings:
    values = {"MAIL_TO": "ops@example.org", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": box.port, "SMTP_SECURITY": "none"}
    return settings(**{**values, **more})


def raise_alert(store: Store, monitor: str = "blocked", change: str = "turned_bad", portal: str = "harbour") -> None:
    run = store.start_crawl(PortalFacts(portal, "港口区", "370303"), at=MORNING, software="govreports 0")
    row = VerdictRow(
        monitor=monitor, verdict="bad", state="bad", value=None, threshold="a portal lets the crawl in",
        message="blocked:ruishu: the portal answers with a protection",
    )  # fmt: skip
    store.finish_crawl_portal(run, at=MORNING, state="complete", counters=CrawlCounters())
    keep_verdicts(store, run, [row], {monitor: change}, at=MORNING)


def run(store: Store, chosen: Settings) -> None:
    deliver(store, sinks_of(chosen))


def begin(store: Store, chosen: Settings) -> None:
    prepare(store, sinks_of(chosen))


def test_a_mail_says_what_changed_with_the_threshold(store: Store) -> None:
    with mail_server() as box:
        chosen = to_mail(box, MAIL_TO="ops@example.org, Zhang <zhang@example.org>", MAIL_FROM="crawler@example.org")
        begin(store, chosen)
        raise_alert(store)
        raise_alert(store, change="recovered", portal="hill")
        run(store, chosen)
    (mail,) = box.mails
    assert mail["Subject"] == "govreports: 1 turned bad, 1 recovered (harbour, hill)"
    assert (mail["From"], box.recipients) == ("crawler@example.org", [["ops@example.org", "zhang@example.org"]])
    assert (
        "harbour (港口区): blocked turned bad: blocked:ruishu: the portal answers with a protection. "
        "Threshold: a portal lets the crawl in." in " ".join(box.text().split())
    )


def test_a_mail_goes_over_starttls_with_a_login(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, issuer = make_certificate(tmp_path, "valid")
    monkeypatch.setenv("SSL_CERT_FILE", str(issuer))
    with mail_server(certificate=certificate, password=PASSWORD) as box:
        chosen = to_mail(box, SMTP_SECURITY="starttls", SMTP_USER="crawler", SMTP_PASSWORD=PASSWORD)
        begin(store, chosen)
        raise_alert(store)
        run(store, chosen)
    assert (len(box.mails), box.logins) == (1, [("crawler", PASSWORD)])


def test_a_mail_server_whose_certificate_is_not_trusted_gets_neither_password_nor_mail(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    certificate, _ = make_certificate(tmp_path, "self_signed")
    with mail_server(certificate=certificate, password=PASSWORD) as box:
        chosen = to_mail(box, SMTP_SECURITY="starttls", SMTP_USER="crawler", SMTP_PASSWORD=PASSWORD)
        begin(store, chosen)
        raise_alert(store)
        run(store, chosen)
    assert (box.mails, box.logins) == ([], [])
    assert "1 alerts are kept for the next run" in caplog.text


def test_a_wrong_password_is_said_without_it(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip
    certificate, issuer = make_certificate(tmp_path, "valid")
    monkeypatch.setenv("SSL_CERT_FILE", str(issuer))
    with mail_server(certificate=certificate, password="another") as box:
        chosen = to_mail(box, SMTP_SECURITY="starttls", SMTP_USER="crawler", SMTP_PASSWORD=PASSWORD)
        begin(store, chosen)
        raise_alert(store)
        run(store, chosen)
    assert f"the mail server 127.0.0.1:{box.port} refuses the login (535)" in caplog.text
    assert PASSWORD not in caplog.text + repr(sinks_of(chosen))


def test_while_the_mail_server_is_down_alerts_are_kept_and_told_once_it_is_back(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server() as box:
        chosen = to_mail(box)
        begin(store, chosen)
    raise_alert(store, portal="first")
    run(store, chosen)
    raise_alert(store, portal="second")
    run(store, chosen)
    assert "2 alerts are kept for the next run: the mail server 127.0.0.1" in caplog.text
    with mail_server(port=box.port) as back:
        run(store, chosen)
        run(store, chosen)
    (mail,) = back.mails
    assert mail["Subject"] == "govreports: 2 turned bad (first, second)"


def test_one_way_that_is_closed_does_not_hold_up_the_others(store: Store, tmp_path: Path) -> None:
    with webhook() as hook:
        chosen = settings(
            WEBHOOK_URL=hook.url, ALERTS_FILE=str(tmp_path / "alerts.jsonl"),
            MAIL_TO="ops@example.org", SMTP_HOST="127.0.0.1", SMTP_PORT=closed_port(),
        )  # fmt: skip
        begin(store, chosen)
        raise_alert(store)
        run(store, chosen)
        run(store, chosen)
    assert len(hook.bodies) == 1
    assert len((tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()) == 1


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_webhook_gets_json_with_a_key_that_tells_repetitions(store: Store) -> None:
    with webhook() as hook:
        chosen = settings(WEBHOOK_URL=hook.url)
        begin(store, chosen)
        raise_alert(store)
        run(store, chosen)
    (body,) = hook.bodies
    assert body["text"] == "1 turned bad (harbour)"
    assert body["alerts"] == [
        {
            "alert_id": 1,
            "raised_at": "2026-02-02T03:00:00Z",
            "portal": "harbour",
            "portal_name": "港口区",
            "monitor": "blocked",
            "change": "turned_bad",
            "message": "blocked:ruishu: the portal answers with a protection",
            "threshold": "a portal lets the crawl in",
            "crawl_id": 1,
        }
    ]
    assert hook.headers[0]["Idempotency-Key"].startswith("govreports-")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_does_not_take_alerts_gets_them_again(
    store: Store, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    with webhook() as hook:
        chosen = settings(WEBHOOK_URL=hook.url)
        begin(store, chosen)
        raise_alert(store)
        hook.status = status
        run(store, chosen)
        assert (f"answers {status}" in caplog.text, "s3cret" in caplog.text) == (True, False)
        hook.status = 204
        run(store, chosen)
    assert [len(body["alerts"]) for body in hook.bodies] == [1]


def test_the_file_has_one_object_a_line(store: Store, tmp_path: Path) -> None:
    chosen = settings(ALERTS_FILE=str(tmp_path / "new" / "alerts.jsonl"))
    begin(store, chosen)
    raise_alert(store)
    raise_alert(store, change="recovered")
    run(store, chosen)
    lines = (tmp_path / "new" / "alerts.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["change"] for line in lines] == ["turned_bad", "recovered"]


def test_a_file_that_cannot_be_written_keeps_the_alerts(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    chosen = settings(ALERTS_FILE=str(tmp_path / "taken" / "alerts.jsonl"))
    begin(store, chosen)
    raise_alert(store)
    run(store, chosen)
    (tmp_path / "taken").unlink()
    run(store, chosen)
    assert len((tmp_path / "taken" / "alerts.jsonl").read_text("utf-8").splitlines()) == 1


def test_the_log_warns_of_what_turned_bad(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    begin(store, settings())
    with caplog.at_level(logging.INFO):
        raise_alert(store)
        raise_alert(store, change="recovered")
        run(store, settings())
        run(store, settings())
    assert [entry.levelname for entry in caplog.records if "Threshold:" in entry.message] == ["WARNING", "INFO"]


def test_a_new_way_is_not_told_what_is_old(store: Store, tmp_path: Path) -> None:
    raise_alert(store)
    chosen = settings(ALERTS_FILE=str(tmp_path / "alerts.jsonl"))
    begin(store, chosen)
    raise_alert(store, portal="hill")
    run(store, chosen)
    assert [json.loads(line)["portal"] for line in (tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()] == [
        "hill"
    ]


def test_a_run_without_the_settings_of_a_way_leaves_its_alerts_to_the_next_with_them(
    store: Store, tmp_path: Path
) -> None:
    chosen = settings(ALERTS_FILE=str(tmp_path / "alerts.jsonl"))
    begin(store, chosen)
    begin(store, settings())
    raise_alert(store)
    run(store, settings())
    run(store, chosen)
    assert len((tmp_path / "alerts.jsonl").read_text("utf-8").splitlines()) == 1


def test_two_processes_never_tell_the_same_alert(store: Store, tmp_path: Path) -> None:
    begin(store, settings())
    for number in range(12):
        raise_alert(store, portal=f"portal_{number}")
    taken: list[list[int]] = []
    start = threading.Barrier(4)

    def take() -> None:
        with open_store(store.engine.url.render_as_string(hide_password=False)) as own:
            start.wait()
            taken.append([alert.id for alert in claim(own, "log")])

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number for numbers in taken for number in numbers) == list(range(1, 13))


def test_alerts_of_a_process_that_died_while_telling_are_told_again(store: Store, tmp_path: Path) -> None:
    begin(store, settings())
    raise_alert(store)
    assert len(claim(store, "log")) == 1
    assert claim(store, "log") == []
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alert_delivery SET claimed_until = '2026-01-01T00:00:00Z'")
    assert len(claim(store, "log")) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"MAIL_TO": "ops@example.org"}, "alerts by e-mail need GOVREPORTS_SMTP_HOST"),
        ({"SMTP_HOST": "mail.example.org"}, "alerts by e-mail need GOVREPORTS_MAIL_TO"),
        ({"MAIL_TO": "ops", "SMTP_HOST": "mail.example.org"}, "'ops' is no e-mail address"),
        ({"MAIL_TO": "a@b.c", "SMTP_HOST": "m", "SMTP_SECURITY": "ssl"}, "is none of starttls, tls, none"),
        ({"MAIL_TO": "a@b.c", "SMTP_HOST": "m", "SMTP_PORT": "smtp"}, "GOVREPORTS_SMTP_PORT=smtp is no port"),
        (
            {"MAIL_TO": "a@b.c", "SMTP_HOST": "m", "SMTP_SECURITY": "none", "SMTP_USER": "me"},
            "would send the password in the clear",
        ),
        ({"WEBHOOK_URL": "hooks.example.org/x"}, "GOVREPORTS_WEBHOOK_URL is no http"),
        ({"WEBHOOK_URL": "file:///etc/hosts"}, "GOVREPORTS_WEBHOOK_URL is no http"),
    ],
)
def test_settings_that_make_no_sense_are_refused(values: dict[str, str], said: str) -> None:
    with pytest.raises(SinkConfigError, match=said):
        sinks_of(settings(**values))
