#!/usr/bin/python3
"""Asks torch.nn.functional.interpolate for random cases and keeps its answers.

    OMP_NUM_THREADS=1 /usr/bin/python3 tests/oracle/resample.py tests/golden/resample.gz

tests/core/test-resample.c replays them. The file is gzip of little-endian records, each:
  u8 mode (index into MODES)  u8 spatial axes  u8 flags  u8 type (index into TYPES)
  u16 n  u16 c  u32 seed  u32 in[spatial]  u32 out[spatial]
  f64 factor[spatial] when flags & FACTOR
  u16 samples, then so many elements of the result: all of them when there are at most ALL, else
  those at hash (seed ^ SALT, k) % count
  u64 FNV-1a of the result's bytes (nearest modes) or f64 mean of the result (others)
The input's element i is made from hash (seed, i): see `fill`.
"""
import gzip
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F

MODES = ["nearest", "nearest-exact", "linear", "bicubic", "area"]
TYPES = [torch.float32, torch.float64, torch.bfloat16, torch.uint8, torch.float16]
ALIGN, ANTIALIAS, FACTOR, SPECIAL, RECOMPUTE = 1, 2, 4, 8, 16
ALL, SALT = 40, 0x5CA1AB1E
MASK = (1 << 64) - 1


def mix(seed, index):
    """splitmix64 of a stream, vectorised."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed * 0x9E3779B97F4A7C15 & MASK) + np.uint64(0x9E3779B97F4A7C15) * (
            index.astype(np.uint64) + np.uint64(1))
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def fill(shape, kind, seed, special):
    """Numbers that every type holds exactly; `special` strews in NaN and infinities."""
    count = int(np.prod(shape))
    z = mix(seed, np.arange(count))
    if kind == torch.uint8:
        return torch.from_numpy((z >> np.uint64(56)).astype(np.uint8)).reshape(shape)
    bits = {torch.float32: 23, torch.float64: 52, torch.bfloat16: 7, torch.float16: 10}[kind]
    values = (z >> np.uint64(63 - bits)).astype(np.float64) / 2.0**bits - 1.0
    if special:
        pick = z % np.uint64(37)
        values[pick == 0] = np.nan
        values[pick == 1] = np.inf
        values[pick == 2] = -np.inf
    return torch.from_numpy(values).to(kind).reshape(shape)


def bits_of(tensor):
    if tensor.dtype == torch.bfloat16:
        return tensor.contiguous().view(torch.int16).numpy().tobytes()
    return tensor.contiguous().numpy().tobytes()


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & MASK
    return value


def size(rng, spatial, top):
    if rng.random() < 0.08:
        return 1
    return int(rng.integers(1, top[spatial - 1] + 1))


def draw(rng, number):
    """One case as (mode, spatial, flags, type, n, c, in, out or factors)."""
    mode = int(rng.integers(len(MODES)))
    spatial = int(rng.integers(1, 4))
    if MODES[mode] == "bicubic":
        spatial = 2
    flags = 0
    if mode in (2, 3):
        flags |= ALIGN * int(rng.random() < 0.4)
        if spatial == 2 and rng.random() < 0.4:
            flags |= ANTIALIAS
    kind = int(rng.choice([0, 0, 0, 0, 0, 1, 1, 2, 3, 4]))
    if kind == 2 and (flags & ANTIALIAS or mode == 1 or (mode == 4 and spatial == 3)):
        kind = 0
    if kind == 3 and mode > 1:
        kind = 0
    if kind == 4:
        if mode != 4:
            kind = 0
        else:
            spatial = 3
    if kind < 2 and rng.random() < 0.06:
        flags |= SPECIAL
    top = (300, 300, 40) if number % 4 == 0 else (300, 90, 16)
    n, c = int(rng.integers(1, 3)), int(rng.choice([1, 1, 2, 3]))
    shape = [size(rng, spatial, top) for _ in range(spatial)]
    if rng.random() < 0.35:
        flags |= FACTOR
        if rng.random() < 0.3:
            flags |= RECOMPUTE
        how = [float(rng.choice([rng.uniform(0.15, 3.5), 0.5, 2.0, 1.0, 2 + rng.random() / 50]))
               for _ in shape]
        how = [f if int(s * f) >= 1 else 1.5 for f, s in zip(how, shape)]
    else:
        how = [int(rng.choice([size(rng, spatial, top), s, 2 * s, max(s // 2, 1)],
                              p=[0.76, 0.08, 0.08, 0.08])) for s in shape]
    return mode, spatial, flags, kind, n, c, shape, how


def answer(case, seed):
    mode, spatial, flags, kind, n, c, shape, how = case
    x = fill([n, c] + shape, TYPES[kind], seed, flags & SPECIAL)
    name = MODES[mode]
    if name == "linear":
        name = ("linear", "bilinear", "trilinear")[spatial - 1]
    options = {"mode": name}
    if mode in (2, 3):
        options["align_corners"] = bool(flags & ALIGN)
        options["antialias"] = bool(flags & ANTIALIAS)
    if flags & FACTOR:
        options["scale_factor"] = how
        if flags & RECOMPUTE:
            options["recompute_scale_factor"] = True
    else:
        options["size"] = how
    return F.interpolate(x, **options)


def record(case, seed, y):
    mode, spatial, flags, kind, n, c, shape, how = case
    out = struct.pack("<BBBBHHI", mode, spatial, flags, kind, n, c, seed)
    out += struct.pack(f"<{spatial}I", *shape) + struct.pack(f"<{spatial}I", *y.shape[2:])
    if flags & FACTOR:
        out += struct.pack(f"<{spatial}d", *how)
    flat = y.reshape(-1)
    if flat.numel() > ALL:
        where = mix(seed ^ SALT, np.arange(ALL // 2)) % np.uint64(flat.numel())
        samples = flat[torch.from_numpy(where.astype(np.int64))]
    else:
        samples = flat
    out += struct.pack("<H", samples.numel()) + bits_of(samples)
    if mode < 2:
        return out + struct.pack("<Q", fnv(bits_of(y)))
    return out + struct.pack("<d", float(y.double().mean()))


def main(path, count):
    torch.set_num_threads(1)
    rng = np.random.default_rng(20240501)
    data = b""
    for number in range(count):
        case = draw(rng, number)
        seed = int(rng.integers(1 << 32))
        data += record(case, seed, answer(case, seed))
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(data)
    print(f"{count} cases, {len(data)} bytes")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 6000)
