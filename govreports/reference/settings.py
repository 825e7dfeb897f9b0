"""The page on settings: names, defaults and reasons, as ``settings.py`` has them in code and comments."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from govreports.markdown import code, table

_HEAD = """\
# Settings

This page is made by `python -m govreports.reference docs/reference` from `govreports/settings.py`.

All are Scrapy settings: `-s NAME=VALUE` behind any command sets one for that command. Those marked so are taken from
the environment, too. Relative paths start at the current folder. [Thresholds of monitors](../monitors.md) and the keys
of a [registry entry](registry.md) are not among them.
"""
_SECTION = re.compile(r"# --- (.+?) -+$")
_OWN = "GOVREPORTS_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One assignment of the module. ``default`` is Python source, empty for what is too long to be shown."""

    name: str
    default: str
    from_environment: bool
    about: str
    section: str


def page() -> str:
    """The whole page, as Markdown."""
    found = list(read_settings())
    own = [setting for setting in found if setting.name.startswith(_OWN)]
    text = _HEAD
    for section in dict.fromkeys(setting.section for setting in own):
        rows = [_own_row(setting) for setting in own if setting.section == section]
        text += f"\n## {section}\n\n" + table(("setting", "default", "environment", "what it does"), rows)
    text += "\n## Where Scrapy's defaults are changed\n\n"
    others = [setting for setting in found if not setting.name.startswith(_OWN)]
    rows = [(code(setting.name), code(setting.default), setting.about) for setting in others]
    return text + table(("setting", "value", "Scrapy's default, and why it is changed"), rows)


def read_settings() -> Iterator[Setting]:
    """Every setting of the module, in its order. One without a comment shares that of the one above it."""
    source = (files("govreports") / "settings.py").read_text("utf-8")
    lines = source.splitlines()
    about = ""
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if not isinstance(target, ast.Name) or value is None:
            continue
        above = _comment(lines, node.lineno - 1)
        about = above or about
        section = next((m[1] for line in reversed(lines[: node.lineno]) if (m := _SECTION.match(line))), "General")
        asked, default = _default(value)
        yield Setting(target.id, default, asked, about, section)


def _own_row(setting: Setting) -> tuple[str, ...]:
    return code(setting.name), code(setting.default), "yes" if setting.from_environment else "", setting.about


def _comment(lines: list[str], end: int) -> str:
    start = end
    while lines[start - 1].startswith("# ") and not _SECTION.match(lines[start - 1]):
        start -= 1
    return " ".join(line.removeprefix("# ") for line in lines[start:end])


def _default(value: ast.expr) -> tuple[bool, str]:
    """Whether the environment is asked, and the value where it says nothing."""
    if isinstance(value, ast.Constant):
        return False, "" if value.value == "" else ast.unparse(value).strip("'")
    if not any(ast.unparse(node) == "os.environ.get" for node in ast.walk(value)):
        short = isinstance(value, ast.List | ast.Dict) and _length(value) < 2
        simple = short or isinstance(value, ast.BinOp | ast.UnaryOp)
        return False, ast.unparse(value) if simple else ""
    if isinstance(value, ast.Call) and len(value.args) == 2:
        return True, _default(value.args[1])[1]
    if isinstance(value, ast.BoolOp):
        return True, _default(value.values[-1])[1]
    return True, "False"


def _length(value: ast.List | ast.Dict) -> int:
    return len(value.elts if isinstance(value, ast.List) else value.keys)
