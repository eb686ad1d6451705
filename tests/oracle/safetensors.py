#!/usr/bin/python3
"""Writes .safetensors files by hand into tests/golden/safetensors: every type, and every way in which
the format's reference implementation refuses a header. cases.txt as in npz.py."""

import json
import os
import shutil
import struct

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "safetensors")
lines = []
count = 0


def write(header, data=b"", length=None, name=None):
    """header: bytes, text or what becomes JSON"""
    global count
    if isinstance(header, dict):
        header = json.dumps(header, ensure_ascii=False)
    if isinstance(header, str):
        header = header.encode("utf-8", "surrogatepass")
    name = name or f"{count:02d}.safetensors"
    count += 1
    length = len(header) if length is None else length
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(struct.pack("<Q", length) + header + data)
    return name


def raw(data, name=None):
    global count
    name = name or f"{count:02d}.safetensors"
    count += 1
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(data)
    return name


def ok(name, dtype, shape, values):
    spelled = "[" + ",".join(map(str, shape)) + "]"
    lines.append(f"{name}\tok\t{dtype} {spelled} {values.hex() or '-'}")


def bad(name, error, says=""):
    lines.append(f"{name}\t{error}\t{says}")


def entry(dtype="F32", shape=(2,), begin=0, end=8, **more):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end], **more}


def types():
    plain = {
        "BOOL": ("bool", 1), "U8": ("uint8", 1), "I8": ("int8", 1), "U16": ("uint16", 2), "I16": ("int16", 2),
        "U32": ("uint32", 4), "I32": ("int32", 4), "U64": ("uint64", 8), "I64": ("int64", 8), "F16": ("float16", 2),
        "BF16": ("bfloat16", 2), "F32": ("float32", 4), "F64": ("float64", 8), "C64": ("complex64", 8),
        "F8_E5M2": ("float8_e5m2", 1), "F8_E4M3": ("float8_e4m3fn", 1),
    }
    header, data, kept = {}, b"", []
    for name, (ours, width) in plain.items():
        values = bytes([0, 1, 1, 0, 1, 0]) if name == "BOOL" else bytes((7 * i + width) % 256 for i in range(6 * width))
        header[name] = entry(name, (2, 3), len(data), len(data) + len(values))
        data += values
        kept.append((name, ours, values))
    file = write(header, data, name="types.safetensors")
    for name, ours, values in kept:
        ok(f"{file}::{name}", ours, (2, 3), values)

    def e8m0(byte):
        return np.float32(np.nan) if byte == 255 else np.float32(2.0 ** (byte - 127))

    def fnuz(byte, mantissa_bits, bias):
        if byte == 0x80:
            return np.float32(np.nan)
        exponent, mantissa = (byte & 127) >> mantissa_bits, byte & ((1 << mantissa_bits) - 1)
        part = mantissa / (1 << mantissa_bits)
        value = part * 2.0 ** (1 - bias) if exponent == 0 else (1 + part) * 2.0 ** (exponent - bias)
        return np.float32(-value if byte & 128 else value)

    every = bytes(range(256))
    for name, decode in (("F8_E8M0", e8m0), ("F8_E4M3FNUZ", lambda b: fnuz(b, 3, 8)), ("F8_E5M2FNUZ", lambda b: fnuz(b, 2, 16))):
        file = write({"x": entry(name, (256,), 0, 256)}, every)
        ok(file, "float32", (256,), b"".join(decode(b).tobytes() for b in every))
    for name, size, bytes_ in (("F4", 4, 2), ("F6_E2M3", 4, 3), ("F6_E3M2", 8, 6)):
        bad(write({"x": entry(name, (size,), 0, bytes_)}, bytes(bytes_)), "DTYPE_UNSUPPORTED", name)
    bad(write({"x": entry("F4", (3,), 0, 2)}, bytes(2)), "OFFSETS", "12 bits")


def valid():
    eight = np.array([1, -2], dtype="<f4").tobytes()
    file = write({"a": entry(shape=(), end=4)}, eight[:4])
    ok(file, "float32", (), eight[:4])
    file = write({"a": entry(shape=(2, 0), end=0), "b": entry(shape=(0,), end=0), "c": entry(shape=(2,)), "d": entry(shape=(0, 9), begin=8)}, eight)
    ok(f"{file}::a", "float32", (2, 0), b"")
    ok(f"{file}::c", "float32", (2,), eight)
    ok(f"{file}::d", "float32", (0, 9), b"")
    for header in ("{}      ", {"__metadata__": {"format": "pt"}}, {"__metadata__": {}}):
        bad(write(header), "TEXT", "no tensors")
    text = json.dumps({"a": entry()})
    for spaced in (text + " \r\t\n", "  " + text, text.replace(":", " : ").replace(",", " ,\n")):
        ok(write(spaced, eight), "float32", (2,), eight)
    file = write({"b": entry(begin=8, end=16), "a": entry()}, eight + eight[::-1])
    ok(f"{file}::a", "float32", (2,), eight)
    ok(f"{file}::b", "float32", (2,), eight[::-1])
    bad(file, "TEXT", "2 tensors: b, a.")
    bad(f"{file}::c", "TEXT", "no tensor 'c'")
    strange = np.array([np.nan, np.inf], dtype="<f4").tobytes()
    ok(write({"a": entry()}, strange), "float32", (2,), strange)
    ok(write({"a": entry(unknown={"deep": [1.5, None, "x"]})}, eight), "float32", (2,), eight)
    ok(write('{"\\u00e4\\ud83d\\ude00": %s}' % json.dumps(entry()), eight) + "::ä😀", "float32", (2,), eight)
    for name in ("<b>", "\u202ereversed", "a" * 100000, "a/b::c"):
        ok(write({name: entry()}, eight), "float32", (2,), eight)
    ok(write('{"a\\u0000b": %s}' % json.dumps(entry()), eight), "float32", (2,), eight)
    file = write({"model.0.weight": entry()}, eight)
    ok(f"{file}::model.0.weight", "float32", (2,), eight)
    odd = write('{"a": %s}   ' % json.dumps(entry()), eight)  # data not aligned
    ok(odd, "float32", (2,), eight)


def invalid():
    eight = bytes(8)
    good = json.dumps({"a": entry()})
    raw_cases = [
        (b"", "TRUNCATED"), (b"1234567", "TRUNCATED"), (struct.pack("<Q", 0), "JSON"), (struct.pack("<Q", 1) + b"{", "JSON"),
        (bytes.fromhex("3c00000000ffffff"), "HEADER_SIZE"), (struct.pack("<Q", 2**64 - 1), "HEADER_SIZE"),
        (struct.pack("<Q", 2**63), "HEADER_SIZE"), (struct.pack("<Q", 100000001) + b"{}", "HEADER_SIZE"),
        (struct.pack("<Q", 100000000) + b"{}", "TRUNCATED"), (struct.pack("<Q", 3) + b"{}", "TRUNCATED"),
        (struct.pack("<Q", 1000) + good.encode(), "TRUNCATED"), (struct.pack("<Q", 1) + b"\xff", "UTF8"),
    ]
    for data, error in raw_cases:
        bad(raw(data), error)

    def refuse(header, error, says="", data=eight):
        bad(write(header, data), error, says)

    for dtype in ("F128", "f32", ""):
        refuse({"a": entry(dtype)}, "DTYPE_INVALID", "tensor 'a'")
    refuse({"a": {**entry(), "dtype": 3}}, "DTYPE_INVALID", "tensor 'a'")
    # places
    refuse({str(i): entry(shape=(4,), end=16) for i in range(10)}, "OFFSETS", "overlaps", bytes(16))
    refuse({"a": entry(), "b": entry(begin=4, end=12)}, "OFFSETS", "overlaps", bytes(12))
    refuse({"a": entry(), "b": entry(begin=12, end=20)}, "OFFSETS", "hole", bytes(20))
    refuse({"a": entry(begin=4, end=12)}, "OFFSETS", "hole", bytes(12))
    refuse({"a": entry(begin=8, end=0)}, "OFFSETS")
    refuse({"a": entry()}, "TRAILING", "has 9", bytes(9))
    refuse({"a": entry()}, "SHORT", "has 6", bytes(6))
    refuse({}, "TRAILING", "", b"x")
    refuse({"a": entry("I32", (2, 2), 0, 4)}, "OFFSETS", "128 bits", bytes(4))
    # sizes
    refuse({"a": entry("I32", (2, 18446744073709551614))}, "OVERFLOW", "2^63")
    refuse({"a": entry("I32", (2, 9223372036854775807))}, "OVERFLOW", "2^63")
    refuse({"a": entry("U8", (2**62, 2**62, 0), 0, 0)}, "OVERFLOW", "2^63", b"")
    refuse({"a": entry("U8", (0, 2**62, 2**62), 0, 0)}, "OVERFLOW", "2^63", b"")
    refuse({"a": entry("U8", (2**63, 2**63, 0), 0, 0)}, "OVERFLOW", "2^63", b"")
    refuse({"a": entry(shape=[1] * 65)}, "RANK", "64")
    # duplicates
    one = json.dumps(entry())
    refuse('{"a": %s, "a": %s}' % (one, one), "DUPLICATE", "'a'")
    for key, value in (("dtype", '"F32"'), ("shape", "[2]"), ("data_offsets", "[0, 8]")):
        refuse('{"a": %s}' % one.replace("}", ', "%s": %s}' % (key, value)), "DUPLICATE", f"'{key}'")
    refuse('{"__metadata__": {}, "__metadata__": {}, "a": %s}' % one, "DUPLICATE", "'__metadata__'")
    refuse('{"__metadata__": {"x": "1", "x": "2"}, "a": %s}' % one, "DUPLICATE", "'x'")
    # numbers that are none
    for size in ("-1", "1.0", "1e3", '"1"', "null", "18446744073709551616"):
        refuse(good.replace("[2]", f"[{size}]"), "SHAPE")
        refuse(good.replace("[0, 8]", f"[{size}, 8]"), "JSON")
    refuse(good.replace("[2]", "[02]"), "JSON", "begins with 0")
    refuse(good.replace("[2]", "2"), "SHAPE")
    refuse(good.replace("[2]", "[2,]"), "SHAPE")
    refuse(good.replace("[0, 8]", "[8]"), "JSON", "two")
    refuse(good.replace("[0, 8]", "[0, 8, 8]"), "JSON", "two")
    refuse(good.replace("[0, 8]", "[]"), "JSON")
    for key in ("dtype", "shape", "data_offsets"):
        lacking = entry()
        del lacking[key]
        refuse({"a": lacking}, "JSON", "lacks")
    refuse({"a": 3}, "JSON")
    refuse({"a": {}}, "JSON", "lacks")
    refuse({"__metadata__": {"x": 1}}, "JSON")
    refuse({"__metadata__": entry()}, "JSON")
    refuse({"__metadata__": 1}, "JSON")
    # syntax
    refuse('{"a": {"x": ' + "[" * 100000 + "]" * 100000 + "}}", "JSON", "deeper")
    refuse('{"a": {"x": ' + "[" * 65 + "]" * 65 + "}}", "JSON", "deeper")
    refuse('{"\\ud800": %s}' % one, "UTF8", "surrogate")
    refuse('{"\\udc00": %s}' % one, "UTF8", "surrogate")
    refuse('{},"__metadata__":{}', "JSON", "after")
    refuse("\ufeff" + good, "JSON")
    refuse("/* x */" + good, "JSON")
    refuse(good.replace("[2]", "[NaN]"), "SHAPE")
    refuse('{"a": {"x": NaN}}', "JSON")
    refuse('{"a": %s,}' % one, "JSON")
    refuse(good + good, "JSON", "after")
    refuse(good.replace('"', "'"), "JSON")
    refuse('{"a\n": %s}' % one, "JSON", "control")
    refuse('{"a\\x": %s}' % one, "JSON", "escape")
    refuse('{"a\\u12": %s}' % one, "JSON", "escape")
    refuse('["a"]', "JSON", "object")
    refuse('{"a": {"x": 01}}', "JSON")
    refuse('{"a": {"x": 1.}}', "JSON")
    refuse('{"a": {"x": [1, 2}}', "JSON")
    refuse('{"a" %s}' % one, "JSON", "colon")
    refuse('{"a": ', "JSON")
    refuse('{"a', "JSON", "end")
    refuse(b'{"\xc3\x28": 1}', "UTF8")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    types()
    valid()
    invalid()
    with open(os.path.join(OUT, "cases.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


main()
