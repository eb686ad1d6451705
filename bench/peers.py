#!/usr/bin/env python3
"""Times resampling against PyTorch, OpenCV and Pillow, in turn in one run.

    peers.py BENCH-READ [ROUNDS]
All sides use one thread, the same values, and memory that was touched before; plans are kept where a
library keeps them (ours does). Printed are our median time, the median of the paired ratios to each
peer (3 means that Shapescope is three times faster), and which share of the streaming limit it
reaches: the time of nothing but reading the bytes of the rows that count and writing the result's,
measured in the same rounds. A peer that is missing is left out."""

import os
import statistics
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
import torch
import torch.nn.functional as F

try:
    import cv2
    cv2.setNumThreads(1)
except ImportError:
    cv2 = None
try:
    from PIL import Image
except ImportError:
    Image = None

torch.set_num_threads(1)
PEERS = ["torch", "OpenCV", "Pillow"]

# input, output, mode, antialias; Pillow always widens, so it stands beside the antialiased modes and
# beside enlarging ones, and its BOX and OpenCV's AREA beside area where the ratio is whole.
CASES = [
    ((4096, 4096), (1024, 1024), "bilinear", False),
    ((4096, 4096), (1024, 1024), "bicubic", False),
    ((4096, 4096), (1024, 1024), "area", False),
    ((4096, 4096), (1024, 1024), "bilinear", True),
    ((4096, 4096), (1024, 1024), "bicubic", True),
    ((4096, 4096), (1024, 1024), "nearest", False),
    ((1024, 1024), (4096, 4096), "bilinear", False),
    ((1024, 1024), (4096, 4096), "bicubic", False),
    ((1024, 1024), (4096, 4096), "nearest", False),
    ((1280, 256), (256, 256), "bilinear", False),
    ((1280, 256), (256, 256), "bicubic", False),
    ((1280, 256), (256, 256), "area", False),
    ((256, 1280), (256, 256), "bilinear", True),
    ((256, 256), (1280, 256), "bilinear", False),
    ((256, 256), (1280, 256), "bicubic", False),
    ((2160, 3840), (1000, 1777), "bilinear", False),
    ((2160, 3840), (1000, 1777), "bicubic", True),
    ((1080, 1920), (2160, 3840), "bicubic", False),
]
TAPS = {"bilinear": 2, "bicubic": 4, "nearest": 1}


def call_of(size, mode, antialias):
    return "F.interpolate(B, size=%r, mode=%r%s)" % (size, mode, ", antialias=True" if antialias else "")


def peer_calls(tensor, shape, size, mode, antialias):
    """What each peer runs, None where it has nothing that is the same."""
    array = tensor[0, 0].numpy()
    grows = size[0] >= shape[0] and size[1] >= shape[1]
    whole = shape[0] % size[0] == 0 and shape[1] % size[1] == 0
    options = {"antialias": True} if antialias else {}
    calls = {"torch": lambda: F.interpolate(tensor, size=size, mode=mode, **options)}
    if cv2 is not None and not antialias and (mode != "area" or whole):
        flag = {"bilinear": cv2.INTER_LINEAR, "bicubic": cv2.INTER_CUBIC, "area": cv2.INTER_AREA,
                "nearest": cv2.INTER_NEAREST}[mode]
        out = np.ones(size, np.float32)
        calls["OpenCV"] = lambda: cv2.resize(array, size[::-1], out, interpolation=flag)
    if Image is not None and (antialias or grows or mode == "nearest" or (mode == "area" and whole)):
        flag = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC, "area": Image.BOX,
                "nearest": Image.NEAREST}[mode]
        picture = Image.fromarray(array)
        calls["Pillow"] = lambda: picture.resize(size[::-1], flag)
    return calls


def needed_bytes(shape, size, mode, antialias):
    """Bytes of the input's rows that some output reads, and of the result."""
    rows = shape[0]
    if mode in TAPS and not antialias:
        rows = min(rows, TAPS[mode] * size[0])
    return rows * shape[1] * 4, size[0] * size[1] * 4


class Ours:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *fields):
        """Milliseconds of each run but the first, which touches the memory."""
        self.process.stdin.write("\t".join(map(str, fields)) + "\n")
        self.process.stdin.flush()
        return [int(t) / 1e6 for t in self.process.stdout.readline().split()][1:]


def time_peer(call):
    spent = []
    for _ in range(3):
        begin = time.perf_counter_ns()
        call()
        spent.append((time.perf_counter_ns() - begin) / 1e6)
    return statistics.median(spent)


def measure(ours, case, rounds):
    shape, size, mode, antialias = case
    tensor = torch.rand((1, 1) + shape)
    calls = peer_calls(tensor, shape, size, mode, antialias)
    for call in calls.values():
        call()
    mine, limit, ratios = [], [], {name: [] for name in calls}
    runs = 5 if max(shape) > 2000 or max(size) > 2000 else 21
    for _ in range(rounds):
        limit.append(statistics.median(ours.ask(runs, "stream", *needed_bytes(*case))))
        mine.append(statistics.median(
            ours.ask(runs, call_of(size, mode, antialias), "B=random:1,1,%d,%d" % shape)))
        for name, call in calls.items():
            ratios[name].append(time_peer(call) / mine[-1])
    share = statistics.median(l / m for l, m in zip(limit, mine))
    return statistics.median(mine), share, {n: statistics.median(r) for n, r in ratios.items()}


def main():
    ours = Ours(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print("%-50s %10s %9s  %s" % ("float32, one thread", "ours (ms)", "of limit",
                                  "".join("%9s" % p for p in PEERS) + "  times faster than"))
    kept = {name: [] for name in PEERS}
    for case in CASES:
        shape, size, mode, antialias = case
        mine, share, ratios = measure(ours, case, rounds)
        for name, ratio in ratios.items():
            kept[name].append(ratio)
        name = "%d×%d to %d×%d, %s%s" % (*shape, *size, mode, " antialiased" if antialias else "")
        print("%-50s %10.3f %8.0f%%  %s" % (name, mine, 100 * share, "".join(
            "%9.2f" % ratios[p] if p in ratios else "%9s" % "–" for p in PEERS)), flush=True)
    print("%-71s %s" % ("median", "".join(
        "%9.2f" % statistics.median(kept[p]) if kept[p] else "%9s" % "–" for p in PEERS)))
    print("%-71s %s" % ("least", "".join(
        "%9.2f" % min(kept[p]) if kept[p] else "%9s" % "–" for p in PEERS)))


main()
