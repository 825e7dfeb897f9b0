"""Figures and places pass through the store without loss."""

from __future__ import annotations

from decimal import Decimal

import pytest
from collected import put_empty_store
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import fact, made_page, made_reading, made_report
from sqlalchemy import text

from govreports.issues import Place
from govreports.store import Store, open_store
from govreports.store.columns import from_text, pack_place, storable, to_text, unpack_place

FIGURES = st.one_of(
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.decimals(min_value=0, max_value=10**9, places=4),
)


@given(FIGURES)
def test_a_figure_comes_back_with_every_digit(figure: int | Decimal) -> None:
    back = from_text(to_text(figure))
    assert Decimal(back) == Decimal(figure)


@given(st.integers())
def test_an_integer_comes_back_as_one(figure: int) -> None:
    assert type(from_text(to_text(figure))) is int


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_digits_after_the_point_are_kept_as_printed(figure: Decimal) -> None:
    assert str(from_text(to_text(figure))) == str(figure)


@pytest.mark.parametrize("figure", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_what_is_no_figure_is_refused(figure: Decimal) -> None:
    with pytest.raises(ValueError, match="no figure"):
        to_text(figure)


@settings(max_examples=25, deadline=None)
@given(
    figures=st.lists(st.one_of(FIGURES, st.none()), min_size=1, max_size=8),
    raw=st.one_of(st.text(max_size=8).map(storable), st.just("as the value")),
)
def test_facts_come_back_from_the_database_exactly(
    tmp_path_factory: pytest.TempPathFactory, figures: list[int | Decimal | None], raw: str
) -> None:
    # One row with as many columns as figures: a None is a cell that stands there unreadable, with its raw text.
    facts = tuple(
        fact(
            "requests",
            "row",
            f"column_{number}",
            figure,
            status="unreadable" if figure is None else "reported",
            raw="?" if figure is None else raw,
        )
        for number, figure in enumerate(figures)
    )
    page = made_page()
    with open_store(put_empty_store(tmp_path_factory.mktemp("values") / "reports.sqlite")) as store:
        written = store.write(page, made_reading(page, made_report(facts=facts)))
        assert written.version_id is not None
        assert store.read_facts(written.version_id) == list(facts)


@pytest.mark.parametrize("printed", ["0", "3", "59237.2449", "0.1", "-12", "123456789.12", "72701.2578"])
def test_sql_sees_the_number_that_was_printed(store: Store, printed: str) -> None:
    page = made_page()
    figure = from_text(printed)
    store.write(page, made_reading(page, made_report(facts=(fact("proactive", "administrative_fee", "x", figure),))))
    with store.engine.connect() as connection:
        value = connection.execute(text("SELECT value FROM report_facts")).scalar_one()
    assert str(value) == printed


PARTS = st.one_of(st.none(), st.integers(1, 4095))


@given(PARTS, PARTS, PARTS, PARTS)
def test_a_place_comes_back(table: int | None, row: int | None, column: int | None, page: int | None) -> None:
    place = Place(table, row, column, page)
    back = unpack_place(pack_place(place))
    assert (back or Place()) == place


def test_the_largest_place_fits_into_a_signed_integer() -> None:
    place = Place(65_535, 1_048_575, 4_095, 32_767)
    assert (pack_place(place), unpack_place(pack_place(place))) == (2**63 - 1, place)


@pytest.mark.parametrize("place", [Place(column=4_096), Place(row=0), Place(table=-1), Place(page=40_000)])
def test_a_place_that_does_not_fit_is_refused(place: Place) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pack_place(place)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_sound_text_is_left_alone(sound: str) -> None:
    assert storable(sound) == sound


# Made by hand: a failing example with a lone surrogate could not be reported.
@pytest.mark.parametrize(
    ("odd", "made"),
    [("a\0b", "a�b"), ("\ud800", "�"), ("x\udc00y", "x�y"), ("\ud83d\ude00", "😀"), ("\ufeff\ud800", "\ufeff�")],
    ids=["nul", "high", "low", "pair", "byte_order_mark"],
)
def test_text_that_cannot_be_encoded_gets_marks(odd: str, made: str) -> None:
    assert storable(odd) == made
