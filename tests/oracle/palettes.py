#!/usr/bin/python3
"""Asks matplotlib for its colours: writes src/paint/palette-data.c and tests/golden/palettes.txt.

Debian 12's python3-matplotlib (3.6.3). Usage: tests/oracle/palettes.py, from the project's folder.
"""

import random

import matplotlib
import numpy as np
from matplotlib import colors

NAMES = ["viridis", "cividis", "magma", "inferno", "plasma", "gray", "twilight"]

HEAD = """/* The colours of the palettes as 0xAARRGGBB, written by tests/oracle/palettes.py: do not edit.
 *
 * viridis, magma, inferno, plasma: by Nathaniel J. Smith, Stéfan van der Walt and (viridis) Eric
 * Firing, CC0.
 * twilight: by Bastian Bechtold, as in matplotlib. Copyright (c) 2012- Matplotlib Development Team;
 * All Rights Reserved. Matplotlib's licence: https://matplotlib.org/stable/project/license.html
 * cividis: by Jamie R. Nuñez, Christopher R. Anderton and Ryan S. Renslow:
 *
 *   Copyright (c) 2017, Battelle Memorial Institute
 *
 *   1. Battelle Memorial Institute (hereinafter Battelle) hereby grants permission to any person or
 *   entity lawfully obtaining a copy of this software and associated documentation files
 *   (hereinafter "the Software") to redistribute and use the Software in source and binary forms,
 *   with or without modification. Such person or entity may use, copy, modify, merge, publish,
 *   distribute, sublicense, and/or sell copies of the Software, and may permit others to do so,
 *   subject to the following conditions:
 *
 *   + Redistributions of source code must retain the above copyright notice, this list of
 *   conditions and the following disclaimers.
 *
 *   + Redistributions in binary form must reproduce the above copyright notice, this list of
 *   conditions and the following disclaimer in the documentation and/or other materials provided
 *   with the distribution.
 *
 *   + Other than as used herein, neither the name Battelle Memorial Institute or Battelle may be
 *   used in any form whatsoever without the express written consent of Battelle.
 *
 *   2. THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS
 *   OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY
 *   AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL BATTELLE OR CONTRIBUTORS
 *   BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
 *   (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA,
 *   OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 *   CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT
 *   OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 *
 * diverging: ours, blue to orange (red belongs to failure), by the method of K. Moreland,
 * "Diverging Color Maps for Scientific Visualization", 2009, from the control points 0x1F5FB4,
 * 0xDDDDDD, 0xB35806. */
#include "paint/palette.h"

/* clang-format off */
"""


def matplotlib_colors(name):
    """The bytes that matplotlib's imshow draws, without rounding, as it does."""
    palette = matplotlib.colormaps[name]
    return palette(np.arange(palette.N), bytes=True)[:, :3]


WHITE = np.array([0.95047, 1.0, 1.08883])
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375],
                   [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])


def to_msh(rgb):
    c = np.asarray(rgb) / 255
    linear = np.where(c > 0.04045, ((c + 0.055) / 1.055) ** 2.4, c / 12.92)
    ratio = TO_XYZ @ linear / WHITE
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    lab = np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
    m = np.linalg.norm(lab)
    return np.array([m, np.arccos(lab[0] / m), np.arctan2(lab[2], lab[1])])


def from_msh(msh):
    m, s, h = msh
    lab = m * np.array([np.cos(s), np.sin(s) * np.cos(h), np.sin(s) * np.sin(h)])
    y = (lab[0] + 16) / 116
    f = np.array([y + lab[1] / 500, y, y - lab[2] / 200])
    ratio = np.where(f > 0.206893, f ** 3, (f - 16 / 116) / 7.787)
    linear = np.clip(np.linalg.solve(TO_XYZ, ratio * WHITE), 0, 1)
    c = np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
    return np.clip(np.rint(c * 255), 0, 255).astype(int)


def adjusted_hue(saturated, unsaturated_m):
    """The hue that a saturated colour leans to on its way to white, as Moreland spins it."""
    m, s, h = saturated
    if m >= unsaturated_m:
        return h
    spin = s * np.sqrt(unsaturated_m ** 2 - m ** 2) / (m * np.sin(s))
    return h + spin if h > -np.pi / 3 else h - spin


def diverging_colors():
    ends = [to_msh((0x1F, 0x5F, 0xB4)), to_msh((0xB3, 0x58, 0x06))]
    middle = to_msh((0xDD, 0xDD, 0xDD))[0]
    middle = max(middle, ends[0][0], ends[1][0])
    rows = []
    for i in range(256):
        t = i / 255
        end = ends[0] if t < 0.5 else ends[1]
        share = 1 - 2 * t if t < 0.5 else 2 * t - 1
        center = np.array([middle, 0, adjusted_hue(end, middle)])
        rows.append(from_msh(share * end + (1 - share) * center))
    return np.array(rows)


def write_palettes():
    tables = [(name, matplotlib_colors(name)) for name in NAMES]
    tables.append(("diverging", diverging_colors()))
    with open("src/paint/palette-data.c", "w", encoding="utf-8") as out:
        out.write(HEAD)
        for name, rows in tables:
            out.write(f"\nconst uint32_t scope_palette_{name}[{len(rows)}] = {{\n")
            words = [f"0xFF{r:02X}{g:02X}{b:02X}" for r, g, b in rows]
            for i in range(0, len(words), 8):
                out.write("  " + ", ".join(words[i:i + 8]) + ",\n")
            out.write("};\n")


def write_golden():
    """norm palette low high threshold value → colour; numbers as hexadecimal floats."""
    random.seed(3)
    ranges = [(0.0, 1.0), (-1.0, 1.0), (0.0, 255.0), (-3.5, 2.1), (1e-3, 1e4), (5.0, 5.0),
              (-1e-30, 1e30), (2.0, 2.0000000001)]
    lines = []
    for name in NAMES:
        palette = matplotlib.colormaps[name]
        for low, high in ranges:
            norms = [("linear", colors.Normalize(low, high), 0.0)]
            if low > 0 and high > low:
                norms.append(("log", colors.LogNorm(low, high), 0.0))
            # A range so narrow that the logarithm's last bit decides says nothing.
            if high > low * 1.001:
                threshold = max(abs(low), abs(high)) / 1000
                norms.append(("symlog", colors.SymLogNorm(threshold, vmin=low, vmax=high, base=10),
                              threshold))
            span = high - low
            values = [low, high, low + span / 2, low + span / 256, low + 255 * span / 256,
                      low + 1.5 * span, low - 0.5 * span, float("inf"), float("-inf")]
            values += [random.uniform(low, high) for _ in range(6)]
            for kind, norm, threshold in norms:
                for value in values:
                    if kind == "log" and value <= 0:
                        continue
                    # matplotlib draws these as bad; ours have the colour of their end.
                    if kind != "linear" and np.isinf(value):
                        continue
                    with np.errstate(all="ignore"):
                        r, g, b, _ = palette(norm(np.array([value])), bytes=True)[0]
                    lines.append(f"{kind} {name} {low.hex()} {high.hex()} {threshold.hex()} "
                                 f"{value.hex()} {r:02x}{g:02x}{b:02x}")
    with open("tests/golden/palettes.txt", "w", encoding="utf-8") as out:
        out.write(f"# matplotlib {matplotlib.__version__}: norm palette low high threshold value "
                  "colour\n")
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    write_palettes()
    write_golden()
