#!/usr/bin/python3
"""Writes PNG pictures byte by byte into tests/golden/png: every colour type and depth, and broken
ones. cases.txt as in npz.py."""

import os
import shutil
import struct
import zlib

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "png")
MARK = b"\x89PNG\r\n\x1a\n"
lines = []
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(kind, data, crc=None):
    crc = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def header(width, height, depth, color, interlace=0, method=0, kind=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, method, kind, interlace))


def pack(samples, depth):
    """Rows of samples as scan lines, each after filter type 0."""
    out = b""
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            out += b"\0" + row.astype(">u2").tobytes()
        elif depth == 8:
            out += b"\0" + row.astype("u1").tobytes()
        else:
            bits = "".join(format(int(v), f"0{depth}b") for v in row)
            bits += "0" * (-len(bits) % 8)
            out += b"\0" + bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
    return out


def body(samples, depth, interlace):
    if not interlace:
        return zlib.compress(pack(samples, depth))
    parts = b""
    for x, y, dx, dy in PASSES:
        part = samples[y::dy, x::dx]
        if part.size:
            parts += pack(part, depth)
    return zlib.compress(parts)


def write(name, data):
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(data)


def ok(name, array):
    shape = "[" + ",".join(map(str, array.shape)) + "]"
    lines.append(f"{name}\tok\t{array.dtype.name} {shape} {array.astype(array.dtype.newbyteorder('<')).tobytes().hex()}")


def bad(name, data, error, says=""):
    write(name, data)
    lines.append(f"{name}\t{error}\t{says}")


def good():
    rng = np.random.default_rng(1)
    for color, channels in ((0, 1), (2, 3), (4, 2), (6, 4)):
        for depth in (1, 2, 4, 8, 16) if color == 0 else (8, 16):
            for interlace in (0, 1):
                samples = rng.integers(0, 2**depth, (5, 7, channels))
                name = f"color-{color}-{depth}{'-interlaced' if interlace else ''}.png"
                write(name, MARK + header(7, 5, depth, color, interlace) + chunk(b"IDAT", body(samples, depth, interlace)) + chunk(b"IEND", b""))
                shown = samples[..., 0] if channels == 1 else samples
                if depth < 8:
                    shown = shown * 255 // (2**depth - 1)
                ok(name, shown.astype("uint16" if depth == 16 else "uint8"))
    palette = rng.integers(0, 256, (4, 3)).astype("u1")
    for depth in (1, 2, 4, 8):
        for transparent in (False, True):
            indices = rng.integers(0, min(4, 2**depth), (5, 7))
            alpha = bytes([0, 128])
            name = f"palette-{depth}{'-transparent' if transparent else ''}.png"
            extra = chunk(b"tRNS", alpha) if transparent else b""
            write(name, MARK + header(7, 5, depth, 3) + chunk(b"PLTE", palette[: min(4, 2**depth)].tobytes()) + extra + chunk(b"IDAT", body(indices, depth, 0)) + chunk(b"IEND", b""))
            shown = palette[indices]
            if transparent:
                shown = np.concatenate([shown, np.array([0, 128, 255, 255], dtype="u1")[indices][..., None]], axis=2)
            ok(name, shown)
    one = np.array([[[7]]])
    image = chunk(b"IDAT", body(one, 8, 0))
    write("one.png", MARK + header(1, 1, 8, 0) + image + chunk(b"IEND", b""))
    ok("one.png", one[..., 0].astype("u1"))
    animated = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", bytes(26))
    write("animated.png", MARK + header(1, 1, 8, 0) + animated + image + chunk(b"fdAT", b"\0\0\0\1" + body(one, 8, 0)) + chunk(b"IEND", b""))
    ok("animated.png", one[..., 0].astype("u1"))
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 50000000, 9))
    write("huge-text.png", MARK + header(1, 1, 8, 0) + text + image + chunk(b"IEND", b""))
    ok("huge-text.png", one[..., 0].astype("u1"))
    write("bad-text-crc.png", MARK + header(1, 1, 8, 0) + chunk(b"tEXt", b"a\0b", 1) + image + chunk(b"IEND", b""))
    ok("bad-text-crc.png", one[..., 0].astype("u1"))
    write("bytes-after.png", MARK + header(1, 1, 8, 0) + image + chunk(b"IEND", b"") + b"more")
    ok("bytes-after.png", one[..., 0].astype("u1"))


def broken():
    samples = np.arange(12).reshape(3, 4, 1)
    data = body(samples, 8, 0)
    head, image, end = header(4, 3, 8, 0), chunk(b"IDAT", data), chunk(b"IEND", b"")
    bad("mark-only.png", MARK, "TRUNCATED", "cut off")
    bad("cut-in-header.png", MARK + head[:10], "TRUNCATED", "cut off")
    bad("cut-in-data.png", MARK + head + image[:12], "TRUNCATED", "cut off")
    bad("no-data.png", MARK + head + end, "PNG")
    bad("no-end.png", MARK + head + image, "TRUNCATED")
    bad("data-too-short.png", MARK + head + chunk(b"IDAT", body(samples[:2], 8, 0)) + end, "PNG")
    bad("data-damaged.png", MARK + head + chunk(b"IDAT", data[:4] + b"\xff\xff\xff" + data[7:]) + end, "PNG")
    bad("header-crc.png", MARK + head[:-1] + bytes([head[-1] ^ 1]) + image + end, "PNG")
    bad("data-crc.png", MARK + head + chunk(b"IDAT", data, 5) + end, "PNG")
    bad("no-header.png", MARK + image + end, "PNG")
    bad("two-headers.png", MARK + head + head + image + end, "PNG")
    bad("no-width.png", MARK + header(0, 3, 8, 0) + image + end, "PNG")
    bad("no-height.png", MARK + header(4, 0, 8, 0) + image + end, "PNG")
    bad("negative-width.png", MARK + header(2**31, 3, 8, 0) + image + end, "PNG")
    bad("wide.png", MARK + header(1000001, 1, 8, 0) + image + end, "PNG")
    bad("bomb.png", MARK + header(30000, 30000, 1, 0) + chunk(b"IDAT", zlib.compress(b"\0" * 100000)) + end, "TOO_BIG", "30000 × 30000")
    bad("depth-3.png", MARK + header(4, 3, 3, 0) + image + end, "PNG")
    bad("depth-16-palette.png", MARK + header(4, 3, 16, 3) + image + end, "PNG")
    bad("color-5.png", MARK + header(4, 3, 8, 5) + image + end, "PNG")
    bad("no-palette.png", MARK + header(4, 3, 8, 3) + image + end, "PNG")
    bad("method-1.png", MARK + header(4, 3, 8, 0, 0, 1) + image + end, "PNG")
    bad("filter-method-1.png", MARK + header(4, 3, 8, 0, 0, 0, 1) + image + end, "PNG")
    bad("interlace-2.png", MARK + header(4, 3, 8, 0, 2) + image + end, "PNG")
    bad("filter-9.png", MARK + head + chunk(b"IDAT", zlib.compress(b"\x09" + bytes(14))) + end, "PNG")
    bad("unknown-critical.png", MARK + head + chunk(b"ABCD", b"") + image + end, "PNG")
    bad("long-chunk.png", MARK + head + struct.pack(">I", 2**31 + 5) + b"IDAT", "PNG")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    good()
    broken()
    with open(os.path.join(OUT, "cases.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


main()
