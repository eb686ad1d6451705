#!/usr/bin/env python3
"""Times interpolation against PyTorch, in turn in one run; prints medians of the paired ratios.

    peers.py BENCH-READ
Both sides use one thread, the same values, and warm memory. A ratio of 3 means that Shapescope is
three times faster."""

import os
import statistics
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
ROUNDS = 9

# name, input shape, the call both sides run
CASES = [
    ("the example: 1280x256 to 256x256, bilinear", (1, 1, 1280, 256), "F.interpolate(B, size=(256, 256), mode='bilinear')"),
    ("the example: 1280x256 to 256x256, bicubic", (1, 1, 1280, 256), "F.interpolate(B, size=(256, 256), mode='bicubic')"),
    ("back: 256x256 to 1280x256, bilinear", (1, 1, 256, 256), "F.interpolate(B, size=(1280, 256), mode='bilinear')"),
    ("back: 256x256 to 1280x256, bicubic", (1, 1, 256, 256), "F.interpolate(B, size=(1280, 256), mode='bicubic')"),
    ("4096x4096 to 1024x1024, bilinear", (1, 1, 4096, 4096), "F.interpolate(B, size=(1024, 1024), mode='bilinear')"),
    ("4096x4096 to 1024x1024, bicubic", (1, 1, 4096, 4096), "F.interpolate(B, size=(1024, 1024), mode='bicubic')"),
    ("1024x1024 to 4096x4096, bilinear", (1, 1, 1024, 1024), "F.interpolate(B, size=(4096, 4096), mode='bilinear')"),
    ("1024x1024 to 4096x4096, bicubic", (1, 1, 1024, 1024), "F.interpolate(B, size=(4096, 4096), mode='bicubic')"),
]


def main():
    ours = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print("%-46s %12s %12s   %s" % ("", "ours (ms)", "torch (ms)", "times faster (median of pairs)"))
    ratios = []
    for name, shape, call in CASES:
        tensor = torch.rand(shape)
        code = compile(call, "case", "eval")
        names = {"F": F, "B": tensor}
        eval(code, names)
        mine, theirs = [], []
        for _ in range(ROUNDS):
            ours.stdin.write("4\t%s\tB=random:%s\n" % (call, ",".join(map(str, shape))))
            ours.stdin.flush()
            # The first run of a request touches the memory; the others are warm.
            times = [int(t) for t in ours.stdout.readline().split()][1:]
            mine.append(statistics.median(times) / 1e6)
            spent = []
            for _ in range(3):
                begin = time.perf_counter_ns()
                eval(code, names)
                spent.append(time.perf_counter_ns() - begin)
            theirs.append(statistics.median(spent) / 1e6)
        ratio = statistics.median(t / m for t, m in zip(theirs, mine))
        ratios.append(ratio)
        print("%-46s %12.3f %12.3f   %.2f" % (name, statistics.median(mine),
                                              statistics.median(theirs), ratio))
    print("%-46s %12s %12s   %.2f" % ("median of the cases", "", "", statistics.median(ratios)))
    ours.stdin.close()
    ours.wait()


main()
