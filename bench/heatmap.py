#!/usr/bin/env python3
"""Times heatmaps' pixels against matplotlib, NumPy and OpenCV, in turn in one run.

    heatmap.py BENCH-HEATMAP [ROUNDS]
Every side turns the same kind of numbers into pixels of a palette in memory that was touched before:
matplotlib as `cmap (norm (a), bytes=True)`, NumPy by arithmetic and `take`, OpenCV by `normalize` and
`applyColorMap`. Printed are our median time, which share of the limit it reaches (the time of nothing
but reading and writing as many bytes past the caches, measured in the same rounds), and the median of
the paired ratios to each peer (30 means that Shapescope is thirty times faster). Times of one thread
are those of the processor, so that other programs do not count. A peer that is missing is left
out."""

import os
import statistics
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

try:
    import cv2
    cv2.setNumThreads(1)
except ImportError:
    cv2 = None
try:
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.cm
    import matplotlib.colors
except ImportError:
    matplotlib = None

PEERS = ["matplotlib", "NumPy", "OpenCV"]
ROWS, COLUMNS = 2160, 3840

# what it is called, type, layout, norm, values, threads
CASES = [
    ("float32", "float32", "rows", "linear", "random", 1),
    ("float32, two threads", "float32", "rows", "linear", "random", 2),
    ("float32, transposed", "float32", "turned", "linear", "random", 1),
    ("float32, transposed, two threads", "float32", "turned", "linear", "random", 2),
    ("float32, a thousandth NaN", "float32", "rows", "linear", "nan", 1),
    ("float32, a fifth clipped", "float32", "rows", "linear", "clipped", 1),
    ("float32, whole numbers", "float32", "rows", "linear", "grid", 1),
    ("float64", "float64", "rows", "linear", "random", 1),
    ("float16", "float16", "rows", "linear", "random", 1),
    ("uint8", "uint8", "rows", "linear", "random", 1),
    ("int64", "int64", "rows", "linear", "random", 1),
    ("float32, logarithmic", "float32", "rows", "log", "random", 1),
    ("float32, symmetric logarithmic", "float32", "rows", "symlog", "random", 1),
]


class Ours:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, runs, *words):
        """The median of so many runs in milliseconds, after one that touches the memory."""
        self.process.stdin.write(" ".join(map(str, (runs + 1,) + words)) + "\n")
        self.process.stdin.flush()
        return statistics.median([int(t) / 1e6 for t in self.process.stdout.readline().split()][1:])


def make_values(dtype, layout, values):
    random = np.random.default_rng(1)
    array = random.uniform(1, 255, (COLUMNS, ROWS) if layout == "turned" else (ROWS, COLUMNS))
    choice = random.integers(0, 1000, array.shape)
    if values == "nan":
        array[choice == 0] = np.nan
    elif values == "clipped":
        array[choice < 100] = 0
        array[(choice >= 100) & (choice < 200)] = 300
    elif values == "grid":
        array = np.floor(array)
    array = array.astype(dtype)
    return array.T if layout == "turned" else array


def peer_calls(array, norm, values):
    """What each peer runs, None where it has nothing that is the same."""
    low, high = (0, 256) if values == "grid" else (1, 255)
    calls = {}
    if matplotlib is not None:
        colors = matplotlib.colors
        made = {"linear": lambda: colors.Normalize(low, high), "log": lambda: colors.LogNorm(low, high),
                "symlog": lambda: colors.SymLogNorm(3, vmin=low, vmax=high, base=10)}[norm]()
        cmap = matplotlib.colormaps["viridis"] if hasattr(matplotlib, "colormaps") else matplotlib.cm.get_cmap("viridis")
        calls["matplotlib"] = lambda: cmap(made(array), bytes=True)
        table = (cmap(np.arange(256), bytes=True).astype(np.uint32) << np.array([16, 8, 0, 24])).sum(axis=1).astype(np.uint32)
    else:
        table = np.arange(256, dtype=np.uint32)
    if norm == "linear":
        if array.dtype == np.uint8:
            of_byte = table[np.clip((np.arange(256.0) - low) * (256 / (high - low)), 0, 255).astype(np.int64)]
            calls["NumPy"] = lambda: of_byte.take(array)
        else:
            kind = array.dtype if array.dtype in (np.float32, np.float64) else np.float64
            scale = kind.type(256 / (high - low)) if kind != np.float64 else 256 / (high - low)
            calls["NumPy"] = lambda: table.take(np.clip((array - array.dtype.type(low)) * scale, 0, 255).astype(np.uint8))
        if cv2 is not None and array.dtype in (np.float32, np.float64, np.uint8) and values == "random":
            contiguous = array.flags.c_contiguous
            calls["OpenCV"] = lambda: cv2.applyColorMap(
                cv2.normalize(array if contiguous else np.ascontiguousarray(array), None, 0, 255, cv2.NORM_MINMAX, cv2.CV_8U),
                cv2.COLORMAP_VIRIDIS)
    return calls


def time_peer(call, threads):
    clock = time.process_time_ns if threads == 1 else time.perf_counter_ns
    begin = clock()
    with np.errstate(all="ignore"):
        call()
    return (clock() - begin) / 1e6


def measure(ours, case, rounds):
    _, dtype, layout, norm, values, threads = case
    array = make_values(dtype, layout, values)
    calls = peer_calls(array, norm, values)
    mine, share, ratios = [], [], {name: [] for name in calls}
    for _ in range(rounds):
        limit = ours.ask(7, "copy", array.nbytes, array.size * 4, threads)
        mine.append(ours.ask(7, "map", dtype, ROWS, COLUMNS, layout, norm, values, threads))
        share.append(limit / mine[-1])
        for name, call in calls.items():
            ratios[name].append(time_peer(call, threads) / mine[-1])
    return statistics.median(mine), statistics.median(share), {n: statistics.median(r) for n, r in ratios.items()}


# ---- cells of blocks, statistics, enlarged cells --------------------------------------------------


def reduce_blocks(array, block, aggregate):
    """Blocks of an array to one number each, as NumPy does it best."""
    rows, columns = array.shape[0] // block, array.shape[1] // block
    blocks = array.reshape(rows, block, columns, block)
    if aggregate == "maxabs":
        low, high = blocks.min((1, 3)), blocks.max((1, 3))
        return np.where(-low > high, low, high)
    return getattr(blocks, aggregate)((1, 3))


def describe(array):
    """What a plane's statistics are."""
    return (array.min(), array.max(), array.mean(), array.std(), np.isnan(array).sum(), np.isinf(array).sum())


def others():
    """What it is called, what we are asked, bytes read and written, NumPy's call."""
    array = make_values("float32", "rows", "random")[:2048, :2048]
    array = np.tile(array, (2, 2))
    for aggregate in ("mean", "min", "max", "maxabs"):
        yield ("4096 x 4096 float32 to 1024 x 1024, %s and statistics" % aggregate,
               ("plane", "float32", 4096, 4096, 4, aggregate, "random"), array.nbytes, 8 << 20,
               lambda: (reduce_blocks(array, 4, aggregate), describe(array)))
    wide = array.astype(np.float64)
    yield ("statistics of 4096 x 4096 float64", ("statistics", "float64", 4096 * 4096, "random"), wide.nbytes, 4096,
           lambda: describe(wide))
    small = make_values("float32", "rows", "random")[:270, :480]
    table = np.arange(256, dtype=np.uint32)
    yield ("480 x 270 float32, 8 x 8 pixels each", ("enlarge", 2160, 3840, 8, "random"), 4096, 3840 * 2160 * 4,
           lambda: np.repeat(np.repeat(table.take((small - 1).astype(np.uint8)), 8, 1), 8, 0))


def measure_others(ours, rounds):
    print("\n%-56s %10s %9s %12s" % ("", "ours (ms)", "of limit", "NumPy  times faster than"))
    for name, question, read, written, call in others():
        mine, share, ratio = [], [], []
        for _ in range(rounds):
            limit = ours.ask(5, "copy", read, written, 1)
            mine.append(ours.ask(5, *question))
            share.append(limit / mine[-1])
            ratio.append(time_peer(call, 1) / mine[-1])
        print("%-56s %10.3f %8.0f%% %12.1f" % (name, statistics.median(mine), 100 * statistics.median(share),
                                               statistics.median(ratio)), flush=True)


def main():
    ours = Ours(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    print("%-44s %10s %9s  %s" % ("%d x %d to viridis" % (COLUMNS, ROWS), "ours (ms)", "of limit",
                                  "".join("%12s" % p for p in PEERS) + "  times faster than"))
    first = None
    for case in CASES:
        mine, share, ratios = measure(ours, case, rounds)
        first = first or (share, ratios)
        print("%-44s %10.3f %8.0f%%  %s" % (case[0], mine, 100 * share, "".join(
            "%12.1f" % ratios[p] if p in ratios else "%12s" % "–" for p in PEERS)), flush=True)
    measure_others(ours, rounds)
    share, ratios = first
    met = share >= 0.9 and ratios.get("matplotlib", 25) >= 25
    print("Goals of float32, 90 %% of the limit and 25 times matplotlib: %s" % ("met" if met else "missed"))


main()
