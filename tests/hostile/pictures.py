"""Pictures and files of old office programs made to harm what reads them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of black and white with those packed data."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def frames(number: int) -> bytes:
    """A TIFF of so many small pictures."""
    from PIL import Image

    file = io.BytesIO()
    one = Image.new("1", (64, 64))
    one.save(file, "TIFF", save_all=True, append_images=[one] * (number - 1))
    return file.getvalue()


def tiff_in_a_circle() -> bytes:
    """A TIFF whose list of pictures leads back to its start."""
    entry = struct.pack("<HHII", 256, 4, 1, 9)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def ole(sectors: bytes) -> bytes:
    """A compound file whose table of sectors is what it is."""
    head = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 0, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (436 - 4)
    return head + sectors


PICTURES: Mapping[str, Callable[[], bytes]] = {
    "picture: fifty thousand points square": lambda: png(50_000, 50_000, zlib.compress(b"\0" * 6251 * 50_000, 9)),
    "picture: states a huge size": lambda: png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0")),
    "picture: without extent": lambda: png(0, 0, b""),
    "picture: cut off": lambda: png(900, 900, zlib.compress(b"\0" * 113 * 900))[:80],
    "picture: two thousand in one file": lambda: frames(2000),
    "picture: a list in a circle": tiff_in_a_circle,
    "picture: a broken JPEG": lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 99,
    "picture: a broken GIF": lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(range(256)) * 99,
    "picture: a bitmap below zero": lambda: (
        b"BM"
        + struct.pack("<IHHI", 99, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, -(2**31), -(2**31), 1, 24, 0, 0, 0, 0, 0, 0)
    ),
    "old file: nothing behind its mark": lambda: OLE,
    "old file: sectors in a circle": lambda: ole(struct.pack("<128I", *range(128)) + b"W\0o\0r\0d\0" * 64),
    "old file: a workbook of noise": lambda: ole("Workbook".encode("utf-16-le") * 32 + bytes(range(256)) * 64),
}
