"""The folder of an export: written beside its place under another name, and given its name when it is whole."""

from __future__ import annotations

import importlib
import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Literal, get_args

import govreports
from govreports.exports import account, text_files
from govreports.exports.datapackage import data_package
from govreports.exports.dictionary_page import dictionary_page
from govreports.process import ProcessId, is_dead, this_process
from govreports.store import Store
from govreports.store.dictionary import View, load_views
from govreports.store.snapshot import Overview, Snapshot, snapshot

Format = Literal["sqlite", "csv", "parquet", "xlsx", "jsonl"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_NEEDS: Final[dict[Format, str]] = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}
"""Packages of the extra ``export``."""

_UNDER_WAY: Final = ".govreports-export-"
"""How the name of a folder begins that is not whole."""
_WRITER: Final = ".writer"
"""File in such a folder that names the process which writes it."""

Progress = Callable[[str], None]


class ExportError(Exception):
    """The export cannot be written; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an export lies, what it covers, and what is missing in it: formats left out and notes, as sentences."""

    folder: Path
    overview: Overview
    left_out: list[str]
    notes: list[str]


@dataclass(slots=True)
class _Work:
    """An export under way."""

    folder: Path
    store: Snapshot
    bom: bool
    progress: Progress
    files: list[tuple[Path, View | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, path: Path, view: View | None = None) -> None:
        self.files.append((path.relative_to(self.folder), view))


def export(
    store: Store,
    to: Path,
    *,
    formats: Collection[Format] = FORMATS,
    bom: bool = False,
    now: datetime | None = None,
    progress: Progress = lambda step: None,
) -> Exported:
    """Write one moment of a store into a new dated folder inside of ``to``.

    ``bom`` marks CSV files for Excel. A format whose package is not installed is left out, and said. Raises
    ExportError where the folder cannot be written, StoreError where the store cannot be read; nothing is left then.
    """
    created = (now or datetime.now(UTC)).astimezone(UTC)
    left_out = [_sentence(one) for one in formats if not _is_there(one)]
    wanted = [one for one in FORMATS if one in formats and _is_there(one)]
    with _new_folder(to, f"govreports-{created:%Y-%m-%d}") as (folder, place), snapshot(store) as moment:
        overview = moment.overview()
        work = _Work(folder, moment, bom, progress)
        for one in wanted:
            progress(one)
            _WRITERS[one](work, overview)
        _describe(work, overview, created, left_out)
    return Exported(place[0], overview, left_out, work.notes)


def _is_there(wanted: Format) -> bool:
    package = _NEEDS.get(wanted)
    if package is None:
        return True
    try:
        importlib.import_module(package)
    except ImportError:
        return False
    return True


def _sentence(missing: Format) -> str:
    return (
        f"{missing} was left out, because {_NEEDS[missing]} is not installed: pip install 'govreports[export]' and "
        "export again."
    )


@contextmanager
def _new_folder(to: Path, name: str) -> Iterator[tuple[Path, list[Path]]]:
    """A folder to write into, and the place that it has afterwards; nothing is left of it after an error."""
    try:
        to.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(to)
        folder = Path(tempfile.mkdtemp(prefix=_UNDER_WAY, dir=to))
        writer = folder / _WRITER
        writer.write_text(json.dumps(asdict(this_process())), encoding="utf-8")
    except OSError as error:
        raise ExportError(f"the export cannot be written to {to} ({error.strerror}); name another folder") from error
    place: list[Path] = []
    try:
        yield folder, place
        writer.unlink()
        folder.chmod(0o755)
        place.append(_rename(folder, to, name))
    except OSError as error:
        raise ExportError(
            f"the export into {to} failed ({error.strerror}); make room or name another folder"
        ) from error
    finally:
        if not place:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_left_behind(to: Path) -> None:
    """Remove what exports have left whose process was killed; those under way, here or on another machine, stay."""
    for folder in to.glob(f"{_UNDER_WAY}*"):
        try:
            process = ProcessId(**json.loads((folder / _WRITER).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue
        if is_dead(process):
            shutil.rmtree(folder, ignore_errors=True)


def _rename(folder: Path, to: Path, name: str) -> Path:
    """Give the folder its name, or that with the next number: what is there is never written over."""
    number = 1
    while True:
        place = to / (name if number == 1 else f"{name}-{number}")
        if not place.exists():
            return folder.rename(place)
        number += 1


def _write_sqlite(work: _Work, overview: Overview) -> None:
    file = work.folder / "govreports.sqlite"
    work.store.copy_to(file)
    work.add(file)


def _write_each(work: _Work, folder: str, write: Callable[[View, Path], Path]) -> None:
    (work.folder / folder).mkdir()
    for view in load_views().values():
        work.progress(f"{folder}: {view.name}")
        work.add(write(view, work.folder / folder), view)


def _write_csv(work: _Work, overview: Overview) -> None:
    def write(view: View, folder: Path) -> Path:
        return text_files.write_csv(view, work.store.rows(view), folder, bom=work.bom)

    _write_each(work, "csv", write)


def _write_jsonl(work: _Work, overview: Overview) -> None:
    _write_each(work, "jsonl", lambda view, folder: text_files.write_jsonl(view, work.store.rows(view), folder))


def _write_parquet(work: _Work, overview: Overview) -> None:
    # Here and not above: it needs an extra.
    from govreports.exports.parquet import write_parquet

    def write(view: View, folder: Path) -> Path:
        file, unfit = write_parquet(view, work.store.rows(view), folder)
        if unfit:
            work.notes.append(
                f"{folder.name}/{file.name}: {unfit} figures have more digits than its decimals hold and are null "
                "there; value_text of report_facts has them."
            )
        return file

    _write_each(work, "parquet", write)


def _write_xlsx(work: _Work, overview: Overview) -> None:
    # Here and not above: it needs an extra.
    from govreports.exports.xlsx import Workbook

    file = work.folder / "govreports.xlsx"
    book = Workbook(file)
    book.add_text("README", account.introduction(overview))
    for view in load_views().values():
        work.progress(f"xlsx: {view.name}")
        book.add(view, work.store.count(view), partial(work.store.rows, view))
    if book.notes:
        book.add_text("notes", book.notes)
    book.close()
    work.notes += [f"{file.name}: {note}" for note in book.notes]
    work.add(file)


_WRITERS: Final[dict[Format, Callable[[_Work, Overview], None]]] = {
    "sqlite": _write_sqlite,
    "csv": _write_csv,
    "parquet": _write_parquet,
    "xlsx": _write_xlsx,
    "jsonl": _write_jsonl,
}


def _describe(work: _Work, overview: Overview, created: datetime, left_out: list[str]) -> None:
    software = f"govreports {govreports.__version__}"
    package = data_package(files=work.files, created=created, software=software)
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (work.folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    (work.folder / "data-dictionary.md").write_text(dictionary_page(), encoding="utf-8")
    page = account.readme(
        overview,
        created=created,
        software=software,
        files=[path for path, _ in work.files],
        notes=[*left_out, *work.notes],
    )
    (work.folder / "README.md").write_text(page, encoding="utf-8")
