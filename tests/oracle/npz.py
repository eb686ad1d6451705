#!/usr/bin/python3
"""Writes .npz archives into tests/golden/npz: good ones with NumPy, broken ones by hand.

cases.txt has a line for each file or member: path[::member], what must come of it (`ok` with type,
shape and the elements in C order as hexadecimal little-endian bytes, or an error's name), tabs
between.
"""

import io
import os
import shutil
import struct
import warnings
import zipfile
import zlib

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "npz")
warnings.simplefilter("ignore")
lines = []


def path(name):
    return os.path.join(OUT, name)


def ok(name, array):
    plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
    shape = "[" + ",".join(map(str, array.shape)) + "]"
    lines.append(f"{name}\tok\t{array.dtype.newbyteorder('=').name} {shape} {plain.tobytes().hex() or '-'}")


def bad(name, error, says=""):
    lines.append(f"{name}\t{error}\t{says}")


def npy(array, **keywords):
    out = io.BytesIO()
    np.save(out, array, **keywords)
    return out.getvalue()


def write(name, data):
    with open(path(name), "wb") as file:
        file.write(data)


def archive(members, **keywords):
    """members: (name, bytes, method)"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **keywords) as file:
        for name, data, method in members:
            file.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


RAMP = np.arange(6, dtype="float32").reshape(2, 3)
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def good():
    arrays = {
        "weights": RAMP,
        "scalar": np.array(2.5),
        "empty": np.zeros((3, 0), dtype="int16"),
        "fortran": np.asfortranarray(np.arange(24, dtype=">i4").reshape(2, 3, 4)),
        "bools": np.array([True, False, True]),
    }
    for name, save in {"stored.npz": np.savez, "deflated.npz": np.savez_compressed}.items():
        save(path(name), **arrays)
        for key, array in arrays.items():
            ok(f"{name}::{key}", array)
        ok(f"{name}::weights.npy", RAMP)
        bad(name, "TEXT", "weights, scalar, empty")
        bad(f"{name}::none", "TEXT", "no array 'none'")
    np.savez_compressed(path("large.npz"), np.arange(100000, dtype="<i8") % 251)
    write("mixed.npz", archive([("a.npy", npy(RAMP), STORED), ("b.npy", npy(-RAMP), DEFLATED)]))
    ok("mixed.npz::a", RAMP)
    ok("mixed.npz::b", -RAMP)
    write("one.npz", archive([("only.npy", npy(RAMP), DEFLATED)]))
    ok("one.npz", RAMP)
    write("no-arrays.npz", archive([]))
    bad("no-arrays.npz", "TEXT", "no arrays")

    class Pipe(io.RawIOBase):
        """Cannot seek, so that sizes follow the bytes."""

        def __init__(self):
            self.data = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", DEFLATED) as file:
        file.writestr("a.npy", npy(RAMP))
        with file.open("b.npy", "w", force_zip64=True) as member:
            member.write(npy(-RAMP))
    write("descriptors.npz", bytes(pipe.data))
    ok("descriptors.npz::a", RAMP)
    ok("descriptors.npz::b", -RAMP)
    with zipfile.ZipFile(path("comment.npz"), "w") as file:
        file.writestr("a.npy", npy(RAMP))
        file.comment = b"made by hand"
    ok("comment.npz", RAMP)


def names():
    members = [
        ("", npy(RAMP), STORED),
        (".npy", npy(RAMP + 1), STORED),
        ("../up.npy", npy(RAMP + 2), STORED),
        ("/etc/passwd", npy(RAMP + 3), STORED),
        ("nested/x.npy", npy(RAMP + 4), STORED),
        ("twice.npy", npy(RAMP), STORED),
        ("twice.npy", npy(RAMP + 5), STORED),
        ("readme.txt", b"not an array", STORED),
        ("ä.npy", npy(RAMP + 6), STORED),
    ]
    write("names.npz", archive(members))
    for name, plus in (("../up", 2), ("/etc/passwd", 3), ("nested/x", 4), ("twice", 5), ("ä", 6)):
        ok(f"names.npz::{name}", RAMP + plus)
    bad("names.npz::readme.txt", "MAGIC", ".npy")


def broken_members():
    objects = npy(np.array([None, 1]), allow_pickle=True)
    records = npy(np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
    whole = npy(RAMP)
    members = [
        ("objects.npy", objects, STORED),
        ("records.npy", records, DEFLATED),
        ("short.npy", whole[:-1], DEFLATED),
        ("short-stored.npy", whole[:-1], STORED),
        ("fine.npy", whole, DEFLATED),
        ("tail.npy", whole + b"xyz", DEFLATED),
    ]
    write("members.npz", archive(members))
    bad("members.npz::objects", "OBJECT", "pickled")
    bad("members.npz::records", "DTYPE_UNSUPPORTED", "'a', 'b'")
    bad("members.npz::short", "SHORT", "24 bytes are needed")
    bad("members.npz::short-stored", "SHORT", "members.npz::short-stored: ")
    ok("members.npz::fine", RAMP)
    ok("members.npz::tail", RAMP)

    for name, method in (("crc.npz", STORED), ("crc-deflated.npz", DEFLATED)):
        data = bytearray(archive([("a.npy", whole, method), ("b.npy", whole, method)]))
        crc = struct.pack("<I", zlib.crc32(whole))
        for place in (data.index(crc), data.index(crc, data.index(b"PK\1\2"))):
            data[place] ^= 1
        write(name, bytes(data))
        bad(f"{name}::a", "CRC", "checksum")
        ok(f"{name}::b", RAMP)

    for name, change in (("longer", 1), ("shorter", -1)):
        data = bytearray(archive([("a.npy", whole, DEFLATED)]))
        size = struct.pack("<I", len(whole))
        wrong = struct.pack("<I", len(whole) + change)
        write(f"declares-{name}.npz", bytes(data).replace(size, wrong))
        bad(f"declares-{name}.npz", "SHORT" if change < 0 else "ZIP")
    data = archive([("a.npy", whole, DEFLATED)])
    write("lies.npz", data.replace(struct.pack("<I", len(whole)), struct.pack("<I", 2000000000)))
    bad("lies.npz", "ZIP", "more bytes than it can hold")
    place = data.index(b"a.npy") + 20
    write("damaged.npz", data[:place] + b"\xff" * 8 + data[place + 8 :])
    bad("damaged.npz", "ZIP", "damaged")

    for method in (12, 14, 93, 95):
        changed = bytearray(archive([("a.npy", whole, STORED)]))
        struct.pack_into("<H", changed, 8, method)
        struct.pack_into("<H", changed, changed.index(b"PK\1\2") + 10, method)
        write(f"method-{method}.npz", bytes(changed))
        bad(f"method-{method}.npz", "ZIP", f"method {method}")
    encrypted = bytearray(archive([("a.npy", whole, STORED)]))
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\1\2") + 8] |= 1
    write("encrypted.npz", bytes(encrypted))
    bad("encrypted.npz", "ZIP", "encrypted")


def local(name, data, size=None, method=0, crc=None):
    """A local header with its bytes."""
    crc = zlib.crc32(data) if crc is None else crc
    size = len(data) if size is None else size
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, method, 0, 33, crc, len(data), size, len(name), 0) + name + data


def central(name, offset, packed, size, crc, method=0):
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, method, 0, 33, crc, packed, size, len(name), 0, 0, 0, 0, 0, offset) + name


def end(members, size, offset, comment=b"", disk=0):
    return struct.pack("<IHHHHIIH", 0x06054B50, disk, disk, members, members, size, offset, len(comment)) + comment


def quoted_overlap(count):
    """Members whose deflated bytes quote the next one's header and end in one shared kernel
    (Fifield 2019): few bytes, many of them counted again and again."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(b"\0" * 20000000) + kernel.flush()
    size, crc = 20000000, zlib.crc32(b"\0" * 20000000)
    parts, entries = [local(b"%d" % count, packed, size, 8, crc)], []
    records = [(b"%d" % count, packed, size, crc)]
    body = parts[0]
    for i in range(count - 1, 0, -1):
        quote = struct.pack("<BHH", 0, len(body) - len(packed) if i == count - 1 else 0, 0)
        name = b"%d" % i
        header_length = len(records[0][0]) + 30
        quote = struct.pack("<BHH", 0, header_length, header_length ^ 0xFFFF)
        data = quote + body
        size += header_length
        record = (name, data, size, zlib.crc32(b""))
        records.insert(0, record)
        body = local(name, data, size, 8, record[3])
    offset, directory = 0, b""
    for name, data, size, crc in records:
        directory += central(name, offset, len(data), size, crc, 8)
        offset += 30 + len(name) + 5
    return body + directory + end(len(records), len(directory), len(body))


def broken_archives():
    whole = npy(RAMP)
    data = archive([("a.npy", whole, STORED), ("b.npy", whole, STORED)])
    directory = data.index(b"PK\1\2")

    def broken(name, content, says=""):
        write(name, content)
        bad(f"{name}::a", "ZIP", says)

    broken("cut.npz", data[:-1], "cut off")
    broken("cut-in-directory.npz", data[: directory + 20], "cut off")
    broken("junk-before.npz", data[:0] + b"PK\3\4junk" + data, "before")
    broken("junk-after.npz", data + b"junk", "followed")
    broken("end-in-comment.npz", data[:-2] + struct.pack("<H", 22) + end(0, 0, 0), "comment")
    for place, name in ((8, "method"), (14, "crc"), (18, "packed-size"), (22, "size"), (30, "name")):
        changed = bytearray(data)
        changed[place] ^= 1
        broken(f"local-{name}.npz", bytes(changed), "disagree")
    changed = bytearray(data)
    changed[-12] ^= 1
    changed[-14] ^= 1
    broken("count.npz", bytes(changed))
    changed = bytearray(data)
    changed[-18] = changed[-16] = 1
    broken("disks.npz", bytes(changed), "disks")
    changed = bytearray(data)
    struct.pack_into("<I", changed, directory + 42, 7)
    broken("offset.npz", bytes(changed), "not where")

    one = local(b"a.npy", whole)
    entry = central(b"a.npy", 0, len(whole), len(whole), zlib.crc32(whole))
    broken("overlap-full.npz", one + entry * 2 + end(2, 2 * len(entry), len(one)), "overlap")
    broken("overlap-quoted.npz", quoted_overlap(40), "overlap")
    write("checkpoint.npz", archive([("archive/data.pkl", b"\x80\2}q\0.", STORED), ("archive/data/0", whole, STORED)]))
    bad("checkpoint.npz::a", "REFUSED", "pickle")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    good()
    names()
    broken_members()
    broken_archives()
    with open(path("cases.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


main()
