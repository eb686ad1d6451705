#!/usr/bin/env python3
"""Every table of operations that a file exports is in src/ops/tables.h. Prints TAP."""

import os
import re
import sys

OPS = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "src", "ops"))


def main():
    exported = set()
    for name in sorted(os.listdir(OPS)):
        if name.endswith(".c"):
            text = open(os.path.join(OPS, name), encoding="utf-8").read()
            exported |= set(re.findall(r"^const ScopeOp scope_ops_(\w+)\[\]", text, re.M))
    listed = set(re.findall(r"^\s+X \((\w+)\)", open(os.path.join(OPS, "tables.h")).read(), re.M))
    print("1..1")
    for name in sorted(exported - listed):
        print("# scope_ops_%s is not in tables.h" % name)
    print("%s 1 - %d tables of operations are listed"
          % ("not ok" if exported - listed or not exported else "ok", len(exported)))
    sys.exit(bool(exported - listed or not exported))


main()
