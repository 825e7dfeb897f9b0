"""Codes in front of index numbers: believed where the check digit holds, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreports.bodies.index_codes import credit_code, organisation_code


@pytest.mark.parametrize(
    ("index_number", "code"),
    [
        ("113703030042174346/2024-5424910", "004217434"),
        ("12620600MB0523338C/2025-04735", "MB0523338"),
        ("11341702486344515H/202110-00013", "486344515"),
        ("１１３７０３０３００４２１７４３４６／2024-5424910", "004217434"),
        ("000014349/2018-00222", "000014349"),
        ("00835003X/2015-00018", "00835003X"),
        ("00835003-X/2015-00018", "00835003X"),
        ("01527918x-2020-153077", "01527918X"),
    ],
)
def test_a_code_that_checks_is_read(index_number: str, code: str) -> None:
    assert organisation_code(index_number) == code


@pytest.mark.parametrize(
    "index_number",
    [
        None,
        "",
        "11500228MB1234567X/2020-1",
        "035210000/2025-00016",
        "0142768-8/2022-00185",
        "zfb/2026-00021",
        "XM02100-0101-2019-00001",
        "000000000/2020-1",
        "113703030042174346-2024-5424910",
    ],
)
def test_what_does_not_check_is_no_code(index_number: str | None) -> None:
    assert organisation_code(index_number) is None


@given(place=st.integers(0, 17), digit=st.sampled_from("0123456789"))
def test_one_wrong_character_is_noticed(place: int, digit: str) -> None:
    right = "113703030042174346"
    wrong = right[:place] + digit + right[place + 1 :]
    assert (credit_code(f"{wrong}/2024-1") is not None) == (wrong == right)
