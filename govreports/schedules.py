"""Texts that let a machine start the crawls by itself: crontab lines and systemd units."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

SECRET_SETTINGS: Final = (
    "GOVREPORTS_SMTP_PASSWORD",
    "GOVREPORTS_WEBHOOK_URL",
    "GOVREPORTS_DATABASE_URL",
    "GOVREPORTS_REDIS_URL",
)
"""Settings that may hold a secret: their names are printed, never what they hold."""

_MINUTES: Final = 300
"""Budget of the weekly run: it ends before the working day begins."""
_DUE_MINUTES: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the crawls run: a folder that holds ``data``, the program, and a file with its settings."""

    folder: str
    program: str
    environment_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When the crawls begin, by the machine's clock: late in the evening, and after midnight."""

    weekday: int
    """0 is Sunday."""
    weekly_hour: int
    weekly_minute: int
    daily_hour: int
    daily_minute: int


def draw_times(random: Random) -> Times:
    """Times drawn at random, so that not every installation asks the portals in the same minute."""
    return Times(
        weekday=random.randrange(7),
        weekly_hour=random.choice((0, 1, 2)),
        weekly_minute=random.randrange(2, 59),
        daily_hour=random.choice((20, 21, 22)),
        daily_minute=random.randrange(2, 59),
    )


def environment_text(environment: Mapping[str, str]) -> str:
    """The settings that are in the environment now, as lines of a file; secrets are left to be filled in."""
    lines = ["# Settings of the scheduled crawls. Only its owner should be able to read this file (chmod 600)."]
    for name in sorted(name for name in environment if name.startswith("GOVREPORTS_") and environment[name]):
        if name in SECRET_SETTINGS and ("@" in environment[name] or "PASSWORD" in name or "WEBHOOK" in name):
            lines.append(f"# {name}=… is set here and now; it may hold a secret, so write it in yourself")
        else:
            lines.append(f"{name}={shlex.quote(environment[name])}")
    return "\n".join(lines) + "\n"


def crontab_text(place: Place, times: Times) -> str:
    """Two lines for ``crontab -e``: everything once a week, and what is due every evening of the season.

    Cron mails what a line prints: here, nothing unless the run fails, which is when a portal turned bad.
    """
    weekly = f"{times.weekly_minute} {times.weekly_hour} * * {times.weekday}"
    daily = f"{times.daily_minute} {times.daily_hour} * 1-4 *"
    return "\n".join(
        (
            "# All portals once a week; from January to April, what is due, every day.",
            f"{weekly} {_cron_command(place, f'crawlall --minutes {_MINUTES} --wait', 'weekly')}",
            f"{daily} {_cron_command(place, f'crawlall --due --minutes {_DUE_MINUTES} --wait', 'due')}",
            "",
        )
    )


def systemd_texts(place: Place, times: Times) -> dict[str, str]:
    """A service and a timer for each of the two runs, by file name, for /etc/systemd/system."""
    day = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")[times.weekday]
    weekly = f"{day} *-*-* {times.weekly_hour:02d}:{times.weekly_minute:02d}:00"
    daily = f"*-01..04-* {times.daily_hour:02d}:{times.daily_minute:02d}:00"
    return {
        "govreports.service": _service(place, "all portals", f"crawlall --minutes {_MINUTES} --wait"),
        "govreports.timer": _timer("all portals, once a week", weekly),
        "govreports-due.service": _service(place, "what is due", f"crawlall --due --minutes {_DUE_MINUTES} --wait"),
        "govreports-due.timer": _timer("what is due, every evening of the season", daily),
    }


def _cron_command(place: Place, arguments: str, name: str) -> str:
    # A percent sign would end the line for cron.
    folder, program, settings = (
        shlex.quote(part).replace("%", r"\%") for part in (place.folder, place.program, place.environment_file)
    )
    return (
        f"cd {folder} && mkdir -p data && set -a && . {settings} && set +a && "
        f"{program} {arguments} --logfile data/{name}.log > data/{name}.last 2>&1 || cat data/{name}.last"
    )


def _service(place: Place, what: str, arguments: str) -> str:
    return f"""[Unit]
Description=govreports: crawl {what}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_escaped(place.folder)}
EnvironmentFile={_escaped(place.environment_file)}
ExecStart={_quoted(place.program)} {arguments}
# It ends by itself; this only stops one that hangs.
TimeoutStartSec=8h
Nice=10
"""


def _timer(what: str, calendar: str) -> str:
    return f"""[Unit]
Description=govreports: {what}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec=20min
# A run that was missed because the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def _escaped(path: str) -> str:
    return path.replace("%", "%%")


def _quoted(path: str) -> str:
    escaped = _escaped(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if any(character in escaped for character in " \"'") else escaped
