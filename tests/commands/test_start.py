"""What starting a command takes in: Scrapy imports every command before it runs one."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import importlib, pkgutil, sys
import govreports.commands
for found in pkgutil.iter_modules(govreports.commands.__path__):
    importlib.import_module(f"govreports.commands.{found.name}")
print(*sys.modules)
"""
HEAVY = (
    "sqlalchemy",
    "alembic",
    "rich",
    "opencc",
    "govreports.store",
    "govreports.reports",
    "govreports.spiders.portal",
)


def test_no_command_brings_its_rooms_with_it_before_it_runs() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60, check=True)
    assert set(HEAVY) & set(done.stdout.split()) == set()
