#!/usr/bin/env python3
"""Ways of resampling compared, end to end, in the real window: nearest, bilinear, bicubic and area
from 1280 to 256, each of them the reference once, PSNR read, the views seen, another tile added,
another source opened, the figure exported. Prints TAP.

    compare.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import re
import sys

from driver import choose_file, run, text_of, wait_for

BINARY, FOLDER = sys.argv[1:3]
MODES = ["nearest", "bilinear", "bicubic", "area"]

# 10 log10 (4 / mean squared error) of torch 1.13's results, each way against the other
PSNR = {
    ("nearest", "area"): 9.2, ("bilinear", "area"): 9.2, ("bicubic", "area"): 9.2,
    ("area", "nearest"): 9.2, ("bilinear", "bicubic"): float("inf"),
}


class Compare:
    """What a person finds on the Compare page."""

    def __init__(self, program):
        self.program = program

    def tile(self, title):
        return self.program.find("panel", "Tile " + title)

    def titles(self):
        return [node.get_name()[5:] for node in self.program.find_all("panel")
                if node.get_name().startswith("Tile ")]

    def labels(self, title):
        return [text_of(node) for node in self.program.find_all("label", root=self.tile(title))]

    def psnr(self, title):
        """In dB; None for the reference."""
        for label in self.labels(title):
            found = re.fullmatch(r"PSNR (.*) dB", label)
            if found:
                return float("inf") if found.group(1) == "∞" else float(found.group(1))
        return None

    def wait_reference(self, title):
        wait_for("the reference " + title, lambda: "reference" in self.labels(title)
                 and all(self.psnr(other) is not None for other in MODES if other != title))

    def make_reference(self, title):
        self.program.press(self.program.find("push button", "Reference: " + title))
        self.wait_reference(title)

    def show(self, view):
        """Presses the button of a view, whose name has its mnemonic in it."""
        self.program.press(next(node for node in self.program.find_all("push button", contains=view)))


def test(program, plan):
    page = Compare(program)
    os.makedirs(FOLDER, exist_ok=True)

    program.settle(1)
    program.focus()
    program.key("alt+2")
    wait_for("the tiles", lambda: len(page.titles()) == 6)
    plan.check("six ways stand there at the first start",
               page.titles() == MODES + ["bilinear · antialias", "bicubic · antialias"],
               page.titles())
    plan.check("each says the call it equals",
               'F.interpolate(A, size=(256, 256), mode="area")' in page.labels("area"),
               page.labels("area"))
    page.wait_reference("area")
    plan.check("the mean over areas is the reference at first", True)

    for mode in MODES:
        page.make_reference(mode)
        for other in MODES:
            expected = PSNR.get((other, mode))
            if expected is not None:
                plan.check("PSNR of %s against %s" % (other, mode), page.psnr(other) == expected,
                           page.psnr(other))
    note = " ".join(page.labels("nearest"))
    plan.check("the other metrics stand below",
               all(word in note for word in ("SSIM", "MSE", "max |Δ|", "overshoot")), note)

    page.show("_Difference")
    plan.check("the difference to the reference is shown",
               wait_for("it", lambda: next(program.find_all(contains="(nearest − area)"), None)))
    page.show("_Wipe")
    line = program.find("slider", "Where the line is")
    plan.check("the line of the wipe is a slider", line)
    page.show("_Values")

    program.key("alt+t", "ctrl+a")
    program.type("128x128")
    program.key("Return")
    plan.check("another size is taken",
               wait_for("the new calls", lambda: any("size=(128, 128)" in label
                                                     for label in page.labels("nearest"))))

    before = len(page.titles())
    program.press(program.find("push button", "Add a Tile"))
    plan.check("a tile is added", wait_for("it", lambda: len(page.titles()) == before + 1))

    figure = os.path.join(FOLDER, "comparison.svg")
    if os.path.exists(figure):
        os.remove(figure)
    choose_file(program, "ctrl+e", figure)
    wait_for("the figure", lambda: os.path.exists(figure))
    written = open(figure, encoding="utf-8").read()
    plan.check("the page is exported as one figure",
               all(">%s<" % word in written for word in MODES + ["Kernel", "Frequency response",
                                                                 "Where the samples are"]))
    plan.check("the conventions stand in it", "scikit-image" in written)


run(test, BINARY)
