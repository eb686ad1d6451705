#!/usr/bin/env python3
"""Asks NumPy for statistics of made-up values: tests/golden/statistics.txt, read by test-statistics.c.

    statistics.py >tests/golden/statistics.txt
Each line: a name, the type, the shape, seed, scale and offset of the values, how often one is not finite
(0: never); then count, NaN, +∞, −∞, minimum, maximum, smallest above 0, mean, deviation; then quantiles
0.01 0.25 0.5 0.75 0.99 of the finite ones, and how many of them are in each of 8 equal bins."""

import numpy as np

CASES = [
    # name, type, shape, seed, scale, offset, special
    ("uniform", "float32", (300, 217), 1, 1, 0, 0),
    ("both-signs", "float64", (40, 50, 60), 2, 6, -3, 0),
    ("far-from-0", "float64", (500, 600), 3, 1e-3, 1e6, 0),
    ("far-from-0-short", "float32", (100, 100), 4, 16, 1e6, 0),
    ("large", "float64", (33, 77), 5, 1e300, -5e299, 0),
    ("tiny", "float64", (33, 77), 6, 1e-300, 0, 0),
    ("half", "float16", (129, 65), 7, 100, -50, 0),
    ("special", "float32", (211, 199), 8, 2, -1, 37),
    ("special-long", "float64", (1000, 1100), 9, 2, -1, 1000),
    ("mostly-special", "float64", (20, 30), 10, 2, -1, 2),
    ("bytes", "uint8", (400, 300), 11, 256, 0, 0),
    ("signed-bytes", "int8", (64, 64), 12, 256, -128, 0),
    ("long-integers", "int64", (90, 80), 13, 2.0 ** 60, -(2.0 ** 59), 0),
    ("bool", "bool", (71, 73), 14, 2, 0, 0),
    ("one", "float32", (1, 1), 15, 1, 0, 0),
    ("negative", "float32", (15, 20), 16, -1, -1, 0),
]


def mix(seed, index):
    """splitmix64 of a seed and an index."""
    golden = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * golden + golden * (index + np.uint64(1))
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def values_of(dtype, shape, seed, scale, offset, special):
    bits = mix(seed, np.arange(np.prod(shape), dtype=np.uint64))
    value = (bits >> np.uint64(11)).astype(float) * 2.0 ** -53 * scale + offset
    if dtype in ("uint8", "int8", "int64", "bool"):
        return np.floor(value).astype(dtype)
    if special:
        odd = bits % np.uint64(3 * special)
        value = np.where(odd == 0, np.nan, np.where(odd == 1, np.inf, np.where(odd == 2, -np.inf, value)))
    return value.astype(dtype)


def main():
    for name, dtype, shape, seed, scale, offset, special in CASES:
        raw = values_of(dtype, shape, seed, scale, offset, special)
        value = raw.astype(float)
        finite = value[np.isfinite(value)]
        positive = finite[finite > 0]
        # Sums of long doubles: what the values truly have, not what a float32 sum makes of them.
        wide = finite.astype(np.longdouble)
        # Squares that a double has no room for are 0, for NumPy too.
        deviation = finite.std() if np.abs(finite).max() < 1e-150 else finite.std(dtype=np.longdouble)
        numbers = [value.size, np.isnan(value).sum(), np.isposinf(value).sum(), np.isneginf(value).sum(),
                   finite.min(), finite.max(), positive.min() if positive.size else float("nan"),
                   float(wide.mean()), float(deviation)]
        numbers += [np.quantile(finite, q) for q in (0.01, 0.25, 0.5, 0.75, 0.99)]
        numbers += list(np.histogram(finite, bins=8)[0])
        print(name, dtype, ",".join(map(str, shape)), seed, repr(float(scale)), repr(float(offset)), special,
              " ".join(repr(float(n)) for n in numbers))


main()
