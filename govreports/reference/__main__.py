"""``python -m govreports.reference docs/reference`` writes the generated pages of the reference."""

from __future__ import annotations

import sys
from pathlib import Path

from govreports.reference import PAGES

if __name__ == "__main__":
    for name, page in PAGES.items():
        (Path(sys.argv[1]) / name).write_text(page(), encoding="utf-8")
