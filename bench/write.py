#!/usr/bin/env python3
"""Times `shapescope-cli eval -o` against what else writes as much to disk, in turn in one run.

    write.py SHAPESCOPE-CLI [ROUNDS]
Every side ends with the file safe on disk (fsync), writes to a new name and renames it. In a folder in
memory, where the machine has one, the program is seen rather than the disk; and in the folder for
temporary files. Printed are MB/s and the median of the paired ratios (2: twice as fast)."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

SIDE = 10000  # 400 MB of float32
BYTES = SIDE * SIDE * 4


def replace(folder, write):
    """Writes a temporary file by `write` (name), makes it safe and renames it."""
    temporary, path = os.path.join(folder, "temporary"), os.path.join(folder, "other.npy")
    write(temporary)
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    os.rename(temporary, path)


def save(array):
    def write(name):
        with open(name, "wb") as file:
            np.save(file, array)
    return write


def timed(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def measure(folder, cli, rounds):
    source = os.path.join(folder, "source.npy")
    array = np.random.default_rng(1).random((SIDE, SIDE), np.float32)
    np.save(source, array)

    def ours(expression):
        subprocess.run([cli, "eval", "--threads", "1", "--quiet", expression, "A=" + source,
                        "-o", os.path.join(folder, "ours.npy")], check=True)
    cases = [
        ("the file as it is", "A", "cp", lambda: replace(folder, lambda name: shutil.copyfile(source, name))),
        ("the file as it is", "A", "NumPy",
         lambda: replace(folder, save(np.load(source, mmap_mode="r")))),
        ("A * 2 + 1", "A * 2 + 1", "NumPy",
         lambda: replace(folder, save(np.load(source, mmap_mode="r") * np.float32(2) + np.float32(1)))),
        ("A.T", "A.T", "NumPy", lambda: replace(folder, save(np.ascontiguousarray(np.load(source, mmap_mode="r").T)))),
    ]
    for title, expression, peer, call in cases:
        mine, ratios = [], []
        for _ in range(rounds):
            mine.append(timed(lambda: ours(expression)))
            ratios.append(timed(call) / mine[-1])
        print("  %-20s %7.0f MB/s  %5.2f times as fast as %s"
              % (title, BYTES / statistics.median(mine) / 1e6, statistics.median(ratios), peer), flush=True)


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    places = [("on disk", None)]
    if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 8 * BYTES:
        places.insert(0, ("in memory", "/dev/shm"))
    for title, parent in places:
        print(title)
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            measure(folder, sys.argv[1], rounds)


main()
