"""``python -m govreports.exports docs/data-dictionary.md`` writes the data dictionary of the documentation."""

from __future__ import annotations

import sys
from pathlib import Path

from govreports.exports.dictionary_page import dictionary_page

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(dictionary_page(), encoding="utf-8")
