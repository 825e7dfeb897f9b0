"""Ruled lines → tables: which rectangles the lines enclose, and which rows and columns each one covers.

Works on any page with lines at places, in any unit: PDF points, pixels. x grows to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

SEGMENT_LIMIT = 4000
"""Ruled lines of one page; the statutory forms have about 60, and work grows with the square."""

_WALL_SHARE = 0.85
"""Share of a cell's side that a line must cover to be its wall; the underline of a number covers less."""

_SHARED_LINES = 0.5
"""Share of its column lines that a block has in common with the rows above it, if it is the same table."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line along one axis: ``at`` is its place on the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its rectangle, and its place in the table's rows and columns (from 0)."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One ruled table: column and row boundaries in order, and the cells between them, row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def area(self) -> float:
        """Size of the whole table, in square units."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """True when the point lies inside the table's outer border."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def find_frames(horizontal: Iterable[Segment], vertical: Iterable[Segment], *, tolerance: float) -> list[Frame]:
    """The tables that the lines draw, from top to bottom.

    ``tolerance`` is the distance at which two lines count as one, or as touching. The outer border is taken as
    drawn: page breaks leave it open. Lines that enclose no more than one column are no table.
    """
    rows = _joined(horizontal, tolerance)
    columns = _joined(vertical, tolerance)
    frames: list[Frame] = []
    for touching_rows, touching_columns in _components(rows, columns, tolerance):
        if len(touching_rows) < 2 or not touching_columns:
            continue
        frame = _frame(touching_rows, touching_columns, tolerance)
        if frame is not None and any(box.column_span < len(frame.xs) - 1 for box in frame.boxes):
            frames.extend(_parts(frame, tolerance))
    return sorted(frames, key=lambda frame: (frame.ys[0], frame.xs[0]))


def _joined(segments: Iterable[Segment], tolerance: float) -> list[Segment]:
    """Pieces of one line, as dashed and cell-wise borders leave them, become one segment."""
    joined: list[Segment] = []
    for group in _clusters(sorted(segments, key=lambda segment: segment.at), tolerance):
        at = sum(segment.at for segment in group) / len(group)
        pieces = sorted((segment.start, segment.end) for segment in group)
        start, end = pieces[0]
        for begin, stop in pieces[1:]:
            if begin <= end + tolerance:
                end = max(end, stop)
            else:
                joined.append(Segment(at, start, end))
                start, end = begin, stop
        joined.append(Segment(at, start, end))
    return [segment for segment in joined if segment.end - segment.start > tolerance]


def _clusters(segments: Sequence[Segment], tolerance: float) -> list[list[Segment]]:
    clusters: list[list[Segment]] = []
    for segment in segments:
        # Measured from the cluster's first line, so that a run of near lines does not drift into one.
        if clusters and segment.at - clusters[-1][0].at <= tolerance:
            clusters[-1].append(segment)
        else:
            clusters.append([segment])
    return clusters


def _components(
    rows: Sequence[Segment], columns: Sequence[Segment], tolerance: float
) -> list[tuple[list[Segment], list[Segment]]]:
    """Groups of lines that touch each other."""
    parent = list(range(len(rows) + len(columns)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for index, row in enumerate(rows):
        left, right, y = row.start - tolerance, row.end + tolerance, row.at
        for other, column in enumerate(columns, len(rows)):
            if left <= column.at <= right and column.start - tolerance <= y <= column.end + tolerance:
                parent[root(other)] = root(index)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(root(index), ([], []))[0].append(row)
    for index, column in enumerate(columns, len(rows)):
        groups.setdefault(root(index), ([], []))[1].append(column)
    return list(groups.values())


def _frame(rows: list[Segment], columns: list[Segment], tolerance: float) -> Frame | None:
    left = min(min(row.start for row in rows), min(column.at for column in columns))
    right = max(max(row.end for row in rows), max(column.at for column in columns))
    top = min(min(column.start for column in columns), min(row.at for row in rows))
    bottom = max(max(column.end for column in columns), max(row.at for row in rows))
    rows = [*rows, Segment(top, left, right), Segment(bottom, left, right)]
    columns = [*columns, Segment(left, top, bottom), Segment(right, top, bottom)]
    row_lines = _clusters(sorted(rows, key=lambda row: row.at), tolerance)
    # Blocks of one table are drawn a little aside of each other; no column is as narrow as that.
    column_lines = _clusters(sorted(columns, key=lambda column: column.at), 2 * tolerance)
    ys = [sum(line.at for line in lines) / len(lines) for lines in row_lines]
    xs = [sum(line.at for line in lines) / len(lines) for lines in column_lines]
    if len(ys) < 2 or len(xs) < 2:
        return None
    # below[row][column]: the slot has a wall at its lower side; beside: at its right side.
    below = [[_covered(lines, xs[i], xs[i + 1], tolerance) for i in range(len(xs) - 1)] for lines in row_lines[1:]]
    beside = [[_covered(lines, ys[j], ys[j + 1], tolerance) for j in range(len(ys) - 1)] for lines in column_lines[1:]]
    return Frame(tuple(xs), tuple(ys), tuple(_boxes(xs, ys, below, beside)))


def _covered(lines: Sequence[Segment], start: float, end: float, tolerance: float) -> bool:
    covered = sum(
        max(0.0, min(line.end + tolerance, end) - max(line.start - tolerance, start))
        for line in lines
        if line.start < end and line.end > start
    )
    return covered >= _WALL_SHARE * (end - start)


def _boxes(
    xs: Sequence[float], ys: Sequence[float], below: Sequence[Sequence[bool]], beside: Sequence[Sequence[bool]]
) -> list[Box]:
    """Rectangles of slots without a wall between them, each grown to the right and then downwards."""
    height, width = len(ys) - 1, len(xs) - 1
    taken = [[False] * width for _ in range(height)]
    boxes: list[Box] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            end = column + 1
            while end < width and not beside[end - 1][row] and not taken[row][end]:
                end += 1
            stop = row + 1
            while stop < height and _grows(row=stop, start=column, end=end, below=below, beside=beside, taken=taken):
                stop += 1
            for covered in range(row, stop):
                taken[covered][column:end] = [True] * (end - column)
            boxes.append(Box(xs[column], ys[row], xs[end], ys[stop], row, column, stop - row, end - column))
    return boxes


def _grows(
    *,
    row: int,
    start: int,
    end: int,
    below: Sequence[Sequence[bool]],
    beside: Sequence[Sequence[bool]],
    taken: Sequence[Sequence[bool]],
) -> bool:
    """True when a box of these columns goes on in ``row`` without a wall above it or inside it."""
    return not (
        any(below[row - 1][start:end])
        or any(taken[row][start:end])
        or any(beside[column][row] for column in range(start, end - 1))
    )


def _parts(frame: Frame, tolerance: float) -> list[Frame]:
    """Take tables apart that stand one right below the other: from some row on, all column lines are others."""
    crossed = {row for box in frame.boxes for row in range(box.row + 1, box.row + box.row_span)}
    starts = [0]
    lines: set[float] = set()
    begun = 0
    for start, end in _bands(len(frame.ys) - 1, crossed):
        own = {box.right for box in frame.boxes if start <= box.row < end} - {frame.xs[-1]}
        if own and lines:
            shared = sum(any(abs(line - other) <= 2 * tolerance for other in lines) for line in own)
            if shared < _SHARED_LINES * min(len(own), len(lines)):
                starts.append(begun)
                lines = set()
        if own:
            lines |= own
            begun = end
    if len(starts) == 1:
        return [frame]
    bounds = zip(starts, [*starts[1:], len(frame.ys) - 1], strict=True)
    return [_part(frame, first, last) for first, last in bounds]


def _bands(height: int, crossed: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of rows that no cell joins to their neighbours."""
    start = 0
    for row in range(1, height + 1):
        if row not in crossed:
            yield start, row
            start = row


def _part(frame: Frame, first: int, last: int) -> Frame:
    boxes = [box for box in frame.boxes if first <= box.row < last]
    xs = sorted({box.left for box in boxes} | {box.right for box in boxes})
    column = {x: index for index, x in enumerate(xs)}
    moved = [
        replace(
            box,
            row=box.row - first,
            column=column[box.left],
            column_span=column[box.right] - column[box.left],
        )
        for box in boxes
    ]
    return Frame(tuple(xs), frame.ys[first : last + 1], tuple(moved))
