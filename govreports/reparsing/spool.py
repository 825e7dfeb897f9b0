"""The spool: what was read again, on disk until it is written into the store.

A file of frames: length, checksum, packed ``Reread``. A killed process leaves at most one torn frame, at the end; it
is cut off when the file is opened again. The name holds a digest of what was asked for and the parser's version: an
interrupted run goes on only as what it was.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from govreports.reparsing.readings import Reread, unpack

_FRAME: Final = struct.Struct("<II")
_END: Final = b"end"


class SpoolError(Exception):
    """The spool cannot be written or read; the message says what, where and what to do."""


class Spool:
    """What was read so far. Opened, it holds all whole frames of an earlier run of the same ``purpose``."""

    def __init__(self, folder: Path, *, purpose: str, parser_version: str) -> None:
        digest = hashlib.blake2b(purpose.encode(), digest_size=6).hexdigest()
        self.path = folder / f"reparse-{parser_version}-{digest}.spool"
        self.whole = False
        """Whether everything that was asked for has been read."""
        self.last: int | None = None
        """Number of the last document in it."""
        self.count = 0

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a+b")
            self._file.truncate(self._measure())
        except OSError as error:
            raise self._error(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, document_id: int, packed: bytes) -> None:
        """Keep one more. SpoolError when the disk does not take it."""
        self._put(packed)
        self.last = document_id
        self.count += 1

    def finish(self) -> None:
        """Note that everything asked for is in it."""
        self._put(_END)
        self.whole = True

    def __iter__(self) -> Iterator[Reread]:
        """All that was kept, in the order of keeping."""
        try:
            self._file.flush()
            with self.path.open("rb") as file:
                while (data := _next_frame(file)) is not None:
                    if data != _END:
                        yield unpack(data)
        except OSError as error:
            raise self._error(error) from error

    def remove(self) -> None:
        """Take the file away: what it held is in the store."""
        self._file.close()
        self.path.unlink()

    def _measure(self) -> int:
        """Bytes of all whole frames, noting what they hold."""
        self._file.seek(0)
        good = 0
        while (data := _next_frame(self._file)) is not None:
            good = self._file.tell()
            if data == _END:
                self.whole = True
            else:
                self.last = unpack(data).document_id
                self.count += 1
        return good

    def _put(self, data: bytes) -> None:
        try:
            self._file.write(_FRAME.pack(len(data), zlib.crc32(data)) + data)
            # Given to the system at once: what a killed process had read is not read a second time.
            self._file.flush()
        except OSError as error:
            raise self._error(error) from error

    def _error(self, error: OSError) -> SpoolError:
        return SpoolError(
            f"cannot use {self.path}, which keeps what was read until it is written: {error.strerror or error}; "
            "make room or give the folder write permission, then start again"
        )


def other_spools(folder: Path, *, parser_version: str) -> list[Path]:
    """Spools that another parser left: of no more use."""
    return sorted(path for path in folder.glob("reparse-*.spool") if parser_version not in path.name)


def _next_frame(file: BinaryIO) -> bytes | None:
    """The next whole frame, None at the end or at a torn one."""
    head = file.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    length, checksum = _FRAME.unpack(head)
    data = file.read(length)
    return data if len(data) == length and zlib.crc32(data) == checksum else None
