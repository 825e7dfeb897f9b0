"""Pictures and scans: no wrong number that is not marked, and nearly all of them read."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from made_documents import REPORTS, SMALL, expected, needs_chromium, page, printed
from PIL import Image

from govreports.documents import Document, read
from govreports.replica.reports import ReportSpec
from govreports.reports import extract

pytestmark = pytest.mark.slow


def pictures(body: bytes, *, dpi: int) -> list[Image.Image]:
    document = pdfium.PdfDocument(body)
    return [document[number].render(scale=dpi / 72).to_pil().convert("L") for number in range(len(document))]


def scanned(image: Image.Image, *, angle: float, noise: float) -> Image.Image:
    """The picture as a scanner delivers it: turned a little, with noise and specks of dust."""
    random = np.random.default_rng(7)
    turned = image.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    pixels = np.asarray(turned).astype(float) + random.normal(0, noise, (image.height, image.width))
    pixels[random.random(pixels.shape) < 0.0005] = 0
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def as_pdf(images: list[Image.Image], *, dpi: int) -> bytes:
    stream = io.BytesIO()
    images[0].save(stream, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return stream.getvalue()


def tally(document: Document, report: ReportSpec) -> tuple[int, list[object]]:
    """How many numbers were read, and which of them are wrong."""
    numbers = expected(report)
    read_facts = [fact for fact in extract(document).facts if fact.value is not None]
    return len(read_facts), [fact for fact in read_facts if numbers[fact.table, fact.row, fact.column] != fact.value]


@needs_chromium
def test_a_scan_with_skew_and_noise_has_no_wrong_number(made: Path) -> None:
    body = printed(page(REPORTS[2023], css=SMALL), made, "small.pdf")
    images = [
        scanned(image, angle=0.8 if number % 2 else -0.6, noise=10)
        for number, image in enumerate(pictures(body, dpi=170))
    ]
    document = read(as_pdf(images, dpi=170))
    count, wrong = tally(document, REPORTS[2023])
    assert wrong == []
    assert count >= 0.95 * len(REPORTS[2023].figures)


@needs_chromium
def test_a_picture_of_a_page_is_read_as_its_tables_and_text(made: Path) -> None:
    body = printed(page(REPORTS[2023], css=SMALL), made, "small.pdf")
    first = pictures(body, dpi=120)[0]
    stream = io.BytesIO()
    first.crop((0, 0, first.width, first.height * 2 // 5)).save(stream, "PNG")
    document = read(stream.getvalue())
    facts = {fact.row: fact for fact in extract(document).facts if fact.table == "proactive"}
    assert facts["administrative_fee"].value == expected(REPORTS[2023])["proactive", "administrative_fee", "amount"]
    assert REPORTS[2023].title in [paragraph.text for paragraph in document.paragraphs()]


def test_a_picture_without_print_has_no_content() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(stream, "PNG")
    assert read(stream.getvalue()).blocks == ()


@pytest.mark.parametrize("kind", ["JPEG", "BMP", "GIF", "TIFF", "WEBP"])
def test_every_kind_of_picture_is_known_by_its_bytes(kind: str) -> None:
    stream = io.BytesIO()
    Image.new("L", (60, 40), 255).save(stream, kind)
    assert read(stream.getvalue()).media_type == f"image/{kind.lower()}"
