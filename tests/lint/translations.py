#!/usr/bin/env python3
"""Every file with a text to translate is listed in po/POTFILES, and every listed file exists (one
that does not stops all texts from being collected). Prints TAP."""

import os
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
CALLS = re.compile(r'\b(?:_|N_|C_|ngettext|SCOPE_TEXT) \(\s*"'
                   r'|\b(?:scope_failure_explain|scope_finder_say|translated|describe|explain_axes) \([^",;]*,\s*"'
                   r'|\bscope_finder_title \([^",;]*,[^",;]*,\s*"')


def has_texts(path):
    text = open(path, encoding="utf-8").read()
    return 'translatable="yes"' in text if path.endswith(".ui") else CALLS.search(text) is not None


def main():
    listed = [line for line in open(os.path.join(ROOT, "po", "POTFILES")).read().split("\n") if line]
    missing = [name for name in listed if not os.path.exists(os.path.join(ROOT, name))]
    unlisted = []
    for folder in ("src", "ui"):
        for place, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(place, name), ROOT)
                if name.endswith((".c", ".ui")) and path not in listed and has_texts(os.path.join(ROOT, path)):
                    unlisted.append(path)
    print("1..2")
    for name in missing:
        print("# po/POTFILES lists %s, which is not there" % name)
    for name in unlisted:
        print("# po/POTFILES lacks " + name)
    print("%s 1 - %d listed files are there" % ("not ok" if missing or not listed else "ok", len(listed)))
    print("%s 2 - every file with texts is listed" % ("not ok" if unlisted else "ok"))
    sys.exit(bool(missing or unlisted or not listed))


main()
