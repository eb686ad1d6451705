#!/usr/bin/env python3
"""Starts the program on its example and writes what the screen shows as PNG.

    screenshot.py SHAPESCOPE OUT.png [ARGUMENT…]
"""

import sys

from driver import Program, wait_for

program = Program(sys.argv[1], *sys.argv[3:])
try:
    wait_for("the pictures", lambda: len([node for node in program.find_all("table")
                                          if node.get_name().startswith("Heatmap")
                                          or "[" in node.get_name()]) >= 2)
    program.settle(1.5)
    program.screenshot(sys.argv[2])
finally:
    program.quit()
