"""The page on registry entries: the keys of an entry, as the class that holds one documents them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from textwrap import dedent

from govreports.markdown import code, table
from govreports.registry import portal

_HEAD = """\
# Keys of a registry entry

This page is made by `python -m govreports.reference docs/reference` from `govreports/registry/portal.py`.

An entry is a `[[portal]]` in the file of its province, `govreports/registry/portals/<province>.toml`, or in a folder
that `GOVREPORTS_PORTALS` names. [Adding a portal](../contributing/add-portal.md) goes through it step by step;
`govreports checkportals` says what is wrong with an entry.

"""
_OF_THE_FILE = ("province", "file")
"""Fields that an entry has from its file."""


def page() -> str:
    """The whole page, as Markdown."""
    return _HEAD + table(("key", "what it is", "may be left out"), _rows())


def _rows() -> Iterator[tuple[str, str, str]]:
    tree = ast.parse(dedent(inspect.getsource(portal.Portal))).body[0]
    assert isinstance(tree, ast.ClassDef)
    for field, following in zip(tree.body, [*tree.body[1:], None], strict=True):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if field.target.id in _OF_THE_FILE:
            continue
        said = following.value if isinstance(following, ast.Expr) else None
        about = said.value if isinstance(said, ast.Constant) else ""
        optional = "" if field.value is None else f"yes ({code(ast.unparse(field.value))})"
        yield code(field.target.id), " ".join(str(about).replace("``", "`").split()), optional
