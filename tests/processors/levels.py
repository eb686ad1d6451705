"""Every instruction set gives the same bytes as the vectors that all processors have.

    levels.py CHECKSUMS"""

import os
import subprocess
import sys

LEVELS = ["avx2", "avx512", "avx512vbmi"]


def lines_at(level):
    environment = {**os.environ, "SCOPE_CPU": level}
    return subprocess.run([sys.argv[1]], env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout.split("\n")


def main():
    right = lines_at("baseline")
    print("1..%d" % len(LEVELS))
    for number, level in enumerate(LEVELS, 1):
        differ = [line for line, other in zip(lines_at(level), right) if line != other]
        for line in differ[:20]:
            print("# differs from the baseline: " + line)
        print("%sok %d - %s gives the %d results of the baseline"
              % ("not " if differ or len(right) < 1000 else "", number, level, len(right) - 1))


main()
