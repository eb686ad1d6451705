#!/usr/bin/env python3
"""The plain C layers use no function that reads numbers by the locale, overruns, or ends the program
on a user's input. Prints TAP."""

import os
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
EVERYWHERE = r"strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|sscanf|atoi|atol|atof"
PLAIN = r"strtod|strtof|strtol|strtoll|strtoul|strtoull|setlocale|exit|abort|_Exit|g_\w+"
LAYERS = ("core", "ops", "advice", "scene")


def code_of(path):
    """The text without comments and strings, lines kept."""
    text = open(path, encoding="utf-8").read()
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def main():
    found, checked = [], 0
    for folder, _, names in sorted(os.walk(os.path.join(ROOT, "src"))):
        layer = os.path.relpath(folder, os.path.join(ROOT, "src")).split(os.sep)[0]
        banned = EVERYWHERE + "|" + PLAIN if layer in LAYERS else EVERYWHERE
        for name in sorted(names):
            if not name.endswith((".c", ".h")):
                continue
            checked += 1
            path = os.path.join(folder, name)
            for number, line in enumerate(code_of(path).splitlines(), 1):
                for match in re.finditer(r"(?<![\w.>])(%s)\s*\(" % banned, line):
                    found.append("%s:%d: %s" % (os.path.relpath(path, ROOT), number, match.group(1)))
    print("1..1")
    for problem in found:
        print("# " + problem)
    print("%s 1 - no banned function in %d files" % ("not ok" if found or not checked else "ok", checked))
    sys.exit(bool(found))


main()
