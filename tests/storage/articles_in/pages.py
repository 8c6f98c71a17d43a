"""PDFs written by hand: words at places, in one of the fonts that every reader has."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

Placed = tuple[float, float, str]
"""Points from the left, points from below, words."""


def pdf(*pages: Iterable[Placed], trailer: str = "", about: str = "") -> bytes:
    """A PDF with these words on its pages, drawn in this order."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = " ".join(f"{4 + 2 * nth} 0 R" for nth in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
    ]
    for nth, page in enumerate(pages):
        named = f"/Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * nth} 0 R"
        size = "/MediaBox [0 0 595 842]"
        objects += [f"<< /Type /Page /Parent 2 0 R {size} {named} >>".encode(), _stream(page)]
    objects.append(f"<< {about} >>".encode("cp1252"))
    return _file(objects, trailer)


def drawn_pdf(packed: bytes, filters: str, pages: int = 1) -> bytes:
    """A PDF whose pages all draw the same stream, which is packed with these filters."""
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F 3 0 R >> >> >>"
    )
    kids = " ".join(f"{5 + nth} 0 R" for nth in range(pages))
    head = f"<< /Filter {filters} /Length {len(packed)} >>\nstream\n".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        head + packed + b"\nendstream",
        *[page.encode()] * pages,
        b"<< >>",
    ]
    return _file(objects, "")


def _stream(page: Iterable[Placed]) -> bytes:
    drawn = "".join(f"BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in page)
    packed = zlib.compress(drawn.encode("cp1252"))
    head = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    return head + packed + b"\nendstream"


def _file(objects: list[bytes], trailer: str) -> bytes:
    data, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    told = f"/Size {size} /Root 1 0 R /Info {len(objects)} 0 R {trailer}"
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< {told} >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def rows(*lines: tuple[str, str]) -> list[Placed]:
    """Two columns, drawn row by row as some programs do; an empty line parts paragraphs."""
    placed = []
    for nth, (left, right) in enumerate(lines):
        y = 780 - 12 * nth
        placed += [(50.0, float(y), left), (310.0, float(y), right)]
    return [one for one in placed if one[2]]
