#!/usr/bin/env python3
"""The README's example is what the program prints, and the files it names are there. Prints TAP.

    readme.py SHAPESCOPE-CLI
"""

import os
import re
import shlex
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def main():
    text = open(os.path.join(ROOT, "README.md"), encoding="utf-8").read()
    blocks = re.findall(r"```\n\$ (shapescope-cli [^\n]*)\n(.*?)```", text, re.S)
    print("1..2")
    wrong = not blocks
    for command, shown in blocks:
        words = shlex.split(command)
        done = subprocess.run([sys.argv[1], *words[1:]], stdout=subprocess.PIPE, text=True)
        if done.stdout.rstrip() != shown.rstrip():
            wrong = True
            print("# %s now prints:\n# %s" % (command, done.stdout.replace("\n", "\n# ")))
    print("%s 1 - %d examples print what they show" % ("not ok" if wrong else "ok", len(blocks)))
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text) + re.findall(r"`(tests/[\w/.-]+\.py|build-aux/\w+)`", text)
    missing = [n for n in named if not os.path.exists(os.path.join(ROOT, n))]
    for name in missing:
        print("# there is no " + name)
    print("%s 2 - %d named files are there" % ("not ok" if missing or not named else "ok", len(named)))
    sys.exit(bool(wrong or missing or not named))


main()
