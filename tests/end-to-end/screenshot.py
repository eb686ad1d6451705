#!/usr/bin/env python3
"""Starts the program on its example, presses keys one after another, and writes what the screen
shows as PNG.

    screenshot.py SHAPESCOPE OUT.png KEYS [ARGUMENT…]

KEYS as xdotool names them, separated by commas ("alt+2"), or "" for none.
"""

import subprocess
import sys

from driver import Program, wait_for

program = Program(sys.argv[1], *sys.argv[4:])
try:
    wait_for("the pictures", lambda: len([node for node in program.find_all("table")
                                          if node.get_name().startswith("Heatmap")
                                          or "[" in node.get_name()]) >= 2)
    subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)  # no tooltip
    program.focus()
    for key in filter(None, sys.argv[3].split(",")):
        program.key(key)
        program.settle(0.5)
    program.settle(2.5)
    program.screenshot(sys.argv[2])
finally:
    program.quit()
