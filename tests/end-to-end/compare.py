#!/usr/bin/env python3
"""Ways of resampling compared, end to end, in the real window: nearest, bilinear, bicubic and area
from 1280 to 256, each of them the reference once, PSNR read, the views seen, another tile added,
tiles moved and removed from the keyboard, another source typed, the figure exported and drawn again in
the terminal. Prints TAP.

    compare.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import re
import subprocess
import sys

from driver import Atspi, choose_file, run, text_of, walk, wait_for

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

    def place(self, node):
        """The middle of a control on the screen; windows' own coordinates are right in GTK 4."""
        box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        return [str(box.x + box.width // 2), str(box.y + box.height // 2)]

    def click(self, title):
        """Clicks a tile's picture."""
        heatmap = self.program.find("table", root=self.tile(title))
        subprocess.run(["xdotool", "mousemove", *self.place(heatmap), "click", "1"], check=True)

    def open_menu(self, title):
        """Opens the menu of a tile by the keyboard and returns its form."""
        button = self.program.find("push button", "Change " + title)
        inner = next(node for node in walk(button) if Atspi.Action.get_n_actions(node) > 0)
        self.program.press(inner)
        return self.program.find("push button", contains="Earlier")

    def choose_source(self, key):
        """The first or the last one of the list: drop-downs work by the keyboard only."""
        for press in ("alt+u", "space", key, "Return"):
            self.program.key(press)
            self.program.settle()

    def choose_in_menu(self, number):
        """An item of the page's menu, by the keyboard."""
        button = self.program.find("push button", "Two Tensors, Metrics, Export")
        self.program.press(next(node for node in walk(button) if Atspi.Action.get_n_actions(node) > 0))
        self.program.settle()
        self.program.key(*["Down"] * number, "Return")

    def note(self, title):
        return " ".join(self.labels(title))

    def problem(self):
        """What is said to be wrong below the bar, or None."""
        for node in self.program.find_all("alert"):
            if Atspi.Accessible.get_state_set(node).contains(Atspi.StateType.VISIBLE):
                return text_of(node)
        return None

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
    plan.check("how the numbers are meant stands in the window",
               next(program.find_all("label", contains="scikit-image"), None))

    # A source that is typed.
    subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)
    page.choose_source("End")
    typed = program.find("text", "Source as typed")
    program.settle()
    program.key("ctrl+a")
    program.type("A[..., ::2] + Q")
    plan.check("what is typed wrong is told", wait_for("it", lambda: "Q" in (page.problem() or "")))
    program.key("ctrl+a")
    program.type("A")
    plan.check("what is typed right is compared",
               wait_for("it", lambda: page.problem() is None and text_of(typed) == "A"
                        and 'F.interpolate(A, size=(256, 256), mode="area")' in page.labels("area")))
    page.wait_reference("area")

    # Export: the same picture as the terminal's.
    picture, same = os.path.join(FOLDER, "comparison.png"), os.path.join(FOLDER, "terminal.png")
    for path in (picture, same):
        if os.path.exists(path):
            os.remove(path)
    choose_file(program, "ctrl+e", picture)
    wait_for("the picture", lambda: os.path.exists(picture))
    subprocess.run([os.environ["SHAPESCOPE_CLI"], "render", "compare", "A", "--to", "256x256", "--quiet",
                    "A=checkerboard(32):float32[1, 1, 256, 256]", "--scale", "2", "-o", same], check=True)
    plan.check("the page and the terminal draw the same figure",
               open(picture, "rb").read() == open(same, "rb").read())

    page.choose_source("Home")

    # From 1280 to 256, typed.
    for size in ("640", "1280 x 1280"):
        program.set_text(program.find("text", "Size of the test pattern"), size)
        program.focus()
        program.key("alt+t", "Return")  # the entry that was typed in is left
    program.set_text(program.find("text", "Size of the results to"), "256")
    program.key("alt+t", "Return")
    wait_for("256 rows", lambda: 'F.interpolate(A, size=(256, 256), mode="area")' in page.labels("area"))
    page.wait_reference("area")

    for mode in MODES:
        page.make_reference(mode)
        for other in MODES:
            expected = PSNR.get((other, mode))
            if expected is not None:
                plan.check("PSNR of %s against %s" % (other, mode), page.psnr(other) == expected,
                           page.psnr(other))
    page.click("bilinear")
    page.wait_reference("bilinear")
    plan.check("a tile that is clicked is the reference", True)
    plan.check("what equals it says so", "equal to the reference" in page.note("bicubic"),
               page.note("bicubic"))
    page.make_reference("area")
    note = page.note("nearest")
    plan.check("the other metrics stand below",
               all(word in note for word in ("SSIM", "MSE", "max |Δ|", "overshoot")), note)

    page.show("_Difference")
    plan.check("the difference to the reference is shown",
               wait_for("it", lambda: next(program.find_all(contains="(nearest − area)"), None)))
    page.show("_Wipe")
    line = program.find("slider", "Where the line is")
    plan.check("the line of the wipe is a slider", line)
    page.show("_Values")

    together = program.find("push button", "Zoom, Pan and Cursor Together in All Tiles")
    for pressed in (False, True):
        program.press(together)
        plan.check("tiles are " + ("linked again" if pressed else "let go each its own way"),
                   wait_for("it", lambda: together.get_state_set().contains(Atspi.StateType.PRESSED)
                            == pressed))

    # Tiles are moved and removed.
    page.click("nearest")
    page.wait_reference("nearest")
    program.key("alt+Right")
    plan.check("a tile is moved by the keyboard",
               wait_for("it", lambda: page.titles()[:2] == ["bilinear", "nearest"]))
    program.key("alt+Right", "alt+Left", "alt+Left")
    plan.check("and stays in its hands",
               wait_for("it", lambda: page.titles()[:2] == ["nearest", "bilinear"]))
    page.open_menu("bicubic · antialias")
    program.press(program.find("push button", contains="Re_move"))
    plan.check("a tile is removed in its menu",
               wait_for("it", lambda: "bicubic · antialias" not in page.titles()))
    page.make_reference("area")

    program.key("alt+t", "ctrl+a")
    program.type("128x128")
    program.key("Return")
    plan.check("another size is taken",
               wait_for("the new calls", lambda: any("size=(128, 128)" in label
                                                     for label in page.labels("nearest"))))

    before = len(page.titles())
    program.press(program.find("push button", "Add a Tile"))
    plan.check("a tile is added", wait_for("it", lambda: len(page.titles()) == before + 1))

    table = os.path.join(FOLDER, "metrics.csv")
    if os.path.exists(table):
        os.remove(table)
    page.choose_in_menu(3)
    program.wait_windows("the file chooser", 2)
    program.focus()
    program.type(table[:-len(".csv")])  # the ending that is proposed stays
    program.settle()
    program.key("Return")
    program.wait_windows("the file chooser to close", 1)
    wait_for("the table", lambda: os.path.exists(table))
    rows = open(table, encoding="utf-8", newline="").read().split("\r\n")
    plan.check("the metrics are saved as CSV",
               rows[0].startswith("tile,call,reference,psnr_db") and len(rows) == len(page.titles()) + 2, rows)

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
