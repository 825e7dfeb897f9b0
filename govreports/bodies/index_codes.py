"""The code of a body in front of an index number, believed only where its check digit holds.

Index numbers follow no national rule; many portals begin them with the unified social credit code (GB 32100-2015) or
the older organisation code (GB 11714-1997), which is characters 9 to 17 of the former.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = tuple(3**place % 31 for place in range(17))
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}(?=/|$)")
_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}-?[0-9X](?=[/-]|$)")


def credit_code(index_number: str | None) -> str | None:
    """The unified social credit code that an index number begins with; None without one that checks."""
    found = _CREDIT.match(_plain(index_number))
    return found[0] if found is not None and _is_credit_code(found[0]) else None


def organisation_code(index_number: str | None) -> str | None:
    """The nine characters of the organisation code that an index number begins with, on its own or inside of a
    unified social credit code; None without one that checks.
    """
    plain = _plain(index_number)
    whole = credit_code(plain)
    if whole is not None:
        return whole[8:17]
    found = _ORGANISATION.match(plain)
    if found is None:
        return None
    code = found[0].replace("-", "")
    return code if _is_organisation_code(code) else None


def _plain(index_number: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", index_number or "").split()).upper()


def _is_credit_code(code: str) -> bool:
    total = sum(
        weight * _CREDIT_ALPHABET.index(letter) for weight, letter in zip(_CREDIT_WEIGHTS, code[:17], strict=True)
    )
    return _CREDIT_ALPHABET[-total % 31] == code[17]


def _is_organisation_code(code: str) -> bool:
    # All zeros passes the check and is what an unfilled field holds.
    if code[:8] == "00000000":
        return False
    total = sum(weight * int(letter, 36) for weight, letter in zip(_ORGANISATION_WEIGHTS, code[:8], strict=True))
    return "0123456789X0"[11 - total % 11] == code[8]
