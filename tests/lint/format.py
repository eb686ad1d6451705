#!/usr/bin/env python3
"""Every C file is laid out as .clang-format says. Prints TAP."""

import os
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def main():
    paths = []
    for top in ("src", "tests", "bench"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            paths += [os.path.join(folder, n) for n in names if n.endswith((".c", ".h"))]
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *sorted(paths)], cwd=ROOT,
                          stderr=subprocess.PIPE, text=True)
    print("1..1")
    wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if ": error:" in line})
    for path in wrong:
        print("# %s: run clang-format -i on it" % os.path.relpath(path, ROOT))
    print("%s 1 - %d files are formatted" % ("not ok" if done.returncode else "ok", len(paths)))
    sys.exit(done.returncode != 0)


main()
