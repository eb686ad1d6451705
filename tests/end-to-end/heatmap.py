#!/usr/bin/env python3
"""The heatmap in the real window: the wheel scrolls the page and zooms where it should, a picture is
enlarged and put back by keyboard and pointer, cells are read, copied and found by keyboard only, exact
to the last digit. Prints TAP.

    heatmap.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import struct
import subprocess
import sys

from gi.repository import Atspi
from driver import choose_file, run, text_of, wait_for

BINARY, FOLDER = sys.argv[1:3]


def write_npy(name, dtype, shape, values):
    """As NumPy would save it."""
    header = "{'descr': '%s', 'fortran_order': False, 'shape': %r, }" % (dtype, shape)
    header += " " * (-(len(header) + 11) % 64) + "\n"
    path = os.path.join(FOLDER, name)
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        file.write(struct.pack("<%d%s" % (len(values), "Q" if dtype == "<u8" else "q"), *values))
    return path


class Heatmaps:
    """What a person finds in the pictures of the Debug page."""

    def __init__(self, program):
        self.program = program

    def set_expression(self, text):
        self.program.set_text(self.program.find("text", "Expression"), text)

    def type_shape(self, name, text):
        self.program.set_text(self.program.find("text", "Shape of " + name), text)

    def grid(self, name):
        """The heatmap of a tensor, or of the result; the large one where there are two."""
        return wait_for("the heatmap of " + name, lambda: max(
            (node for node in self.program.find_all("table")
             if node.get_name().startswith("Heatmap of " + name + "[")),
            key=lambda node: Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).width, default=None))

    def cell(self, name):
        """What its one cell says."""
        cell = next(self.program.find_all("table cell", root=self.grid(name)))
        return "%s; %s" % (cell.get_name(), cell.get_description())

    def wait_cell(self, name, text):
        return wait_for("%s in %s" % (text, name), lambda: text in self.cell(name) and self.cell(name))

    def box(self, name):
        extents = Atspi.Component.get_extents(self.grid(name), Atspi.CoordType.WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    def point_at(self, name):
        x, y, width, height = self.box(name)
        subprocess.run(["xdotool", "mousemove", "--sync", str(x + width // 2 - 20), str(y + 60)], check=True)
        self.program.settle(0.3)

    def click(self, button, times=1):
        for _ in range(times):
            subprocess.run(["xdotool", "click", str(button)], check=True)
        self.program.settle(0.3)

    def double_click(self, node):
        extents = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        subprocess.run(["xdotool", "mousemove", "--sync", str(extents.x + 12), str(extents.y + extents.height // 2),
                        "click", "--repeat", "2", "--delay", "60", "1"], check=True)
        self.program.settle(0.3)

    def says(self, text):
        return any(text in (text_of(node) or "") for node in self.program.find_all("label"))

    def card(self, name):
        """The card that its heatmap is in, the large one where there are two."""
        card = self.grid(name)
        while card is not None and not card.get_name().startswith("Picture of "):
            card = card.get_parent()
        return card

    def zoom(self, name):
        """In percent, 0 where all of it is seen."""
        for label in self.program.find_all("label", root=self.card(name)):
            words = (text_of(label) or "").split(" ")
            if len(words) > 1 and words[1] == "%":
                return float(words[0])
        return 0.0


def lower_window(program):
    """So that its page has to be scrolled."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(program.process.pid)],
                           stdout=subprocess.PIPE, text=True).stdout.split()
    subprocess.run(["xdotool", "windowsize", "--sync", max(found, key=int), "1180", "600"], check=True)
    program.settle()


def test_wheel(page, plan):
    program = page.program
    before = page.box("A")[1]
    page.point_at("A")
    page.click(5, 2)
    plan.check("the wheel over a picture scrolls the page",
               wait_for("the page to move", lambda: page.box("A")[1] < before))
    plan.check("and does not zoom", page.zoom("A") == 0, page.zoom("A"))
    page.click(4, 4)
    wait_for("the page to come back", lambda: page.box("A")[1] == before)
    page.point_at("A")
    program_keys = ["xdotool", "keydown", "ctrl", "click", "4", "keyup", "ctrl"]
    place = page.box("A")[1]
    subprocess.run(program_keys, check=True)
    plan.check("with Ctrl it zooms", wait_for("a zoom", lambda: page.zoom("A") > 0))
    plan.check("and the page stays", page.box("A")[1] == place)
    page.click(1)
    program.key("ctrl+0")
    wait_for("all of it", lambda: page.zoom("A") == 0)
    page.click(4, 2)
    plan.check("in a picture that was clicked it zooms alone", wait_for("a zoom", lambda: page.zoom("A") > 0))
    program.key("ctrl+0", "Escape")


def test_enlarge(page, plan):
    program = page.program
    small = page.box("B")
    button = wait_for("the buttons", lambda: list(program.find_all("push button", "Enlarge")))[1]
    subprocess.run(["xdotool", "mousemove", "--sync", "0", "0"], check=True)  # keyboard only
    program.press(button)
    plan.check("a picture fills the page",
               wait_for("a large picture", lambda: page.box("B")[2] > 2 * small[2]), page.box("B"))
    program.focus()
    program.key("Right")
    page.wait_cell("B", "B[0, 1] = ")
    program.key("Return", "Escape")
    plan.check("Escape lets go of a pinned cell first", page.box("B")[2] > 2 * small[2])
    program.key("Escape")
    plan.check("and then puts the picture back",
               wait_for("the small picture", lambda: page.box("B")[2] == small[2]), page.box("B"))
    plan.check("where the focus is in it", page.wait_cell("B", "B[0, 1] = "))
    program.key("e")
    plan.check("a key enlarges it too", wait_for("a large picture", lambda: page.box("B")[2] > 2 * small[2]))
    program.key("e")
    wait_for("the small picture", lambda: page.box("B")[2] == small[2])
    title = next(program.find_all("label", "A", root=next(program.find_all("panel", "Picture of A"))))
    page.double_click(title)
    plan.check("two clicks on its title as well",
               wait_for("a large picture", lambda: page.box("A")[2] > 2 * small[2]))
    program.press(program.find("push button", "Back to all pictures (Escape)"))
    wait_for("the small picture", lambda: page.box("A")[2] == small[2])


def drag(program, place, to):
    """Slowly enough to be one, on a busy machine too."""
    steps = [["mousemove", "--sync", *map(str, place)], ["mousedown", "1"]]
    for part in range(1, 9):
        steps.append(["mousemove", "--sync", str(place[0] + (to[0] - place[0]) * part // 8),
                      str(place[1] + (to[1] - place[1]) * part // 8)])
    for step in steps + [["mouseup", "1"]]:
        subprocess.run(["xdotool", *step], check=True)
        program.settle(0.2)


def screen_pixels():
    """The width of the screen and its pixels, three bytes each."""
    dump = subprocess.run(["xwd", "-root", "-silent"], stdout=subprocess.PIPE, check=True).stdout
    pixels = subprocess.run(["xwdtopnm", "-quiet"], input=dump, stdout=subprocess.PIPE, check=True).stdout
    magic, size, most, data = pixels.split(b"\n", 3)
    assert magic == b"P6" and most in (b"255", b"65535"), pixels[:20]
    return int(size.split()[0]), data if most == b"255" else data[::2]


def yellow_end(page, name):
    """Where the colour bar of a picture ends in viridis's yellow: it stands on the right of the map,
    whose cells have that colour too."""
    left, top, width, height = page.box(name)
    across, data = screen_pixels()

    def is_yellow(x, y):
        red, green, blue = data[3 * (y * across + x):3 * (y * across + x) + 3]
        return red > 245 and green > 225 and blue < 50

    found = [(x, y) for y in range(top, top + height) for x in range(left + width // 2, left + width)
             if is_yellow(x, y)]
    right = max(x for x, _ in found) - 4
    return right, min(y for x, y in found if x == right)


def test_drag_bar(page, plan):
    """An end of the colour bar dragged inwards narrows the range; what lies beyond is counted."""
    page.type_shape("A", "ramp:float32[4, 4]")
    page.set_expression("A")
    page.program.press(next(page.program.find_all("push button", "Enlarge")))
    page.program.settle(1)
    subprocess.run(["xdotool", "mousemove", "--sync", "0", "0"], check=True)
    page.program.settle()
    x, top = yellow_end(page, "A")
    drag(page.program, (x, top + 1), (x, top + 60))
    plan.check("the upper end of the colour bar dragged down leaves values above it",
               wait_for("clipped values", lambda: page.says("above")), "")
    subprocess.run(["xdotool", "key", "Escape"], check=True)
    page.program.settle()


def test_drag_axis(page, plan):
    """An axis's name dragged onto a picture becomes its rows or columns."""
    program = page.program
    page.type_shape("A", "[2, 3, 5]")
    page.set_expression("A")
    wait_for("the slider", lambda: next(program.find_all("label", contains="xis 0 (−3)"), None))
    program.press(next(program.find_all("push button", "Enlarge")))
    program.settle()
    for _ in range(4):
        if page.says("A[:, 0, :]"):
            break
        label = next(program.find_all("label", contains="xis 0 (−3)", root=page.card("A")))
        name = Atspi.Component.get_extents(label, Atspi.CoordType.WINDOW)
        x, y, width, height = page.box("A")
        drag(program, (name.x + 20, name.y + name.height // 2), (x + width // 2 - 80, y + height - 60))
        program.settle(2)
    plan.check("dragged near the left edge it is the rows'", page.says("A[:, 0, :]"))


def test_keyboard(page, plan):
    """Reading without a pointer."""
    program = page.program
    subprocess.run(["xdotool", "mousemove", "--sync", "0", "0"], check=True)
    choose_file(program, "ctrl+o", write_npy("unsigned.npy", "<u8", (2, 2), [2**64 - 1, 0, 1, 2]))
    choose_file(program, "ctrl+shift+o", write_npy("signed.npy", "<i8", (2, 3), [-2**63, 0, 7, 1, 2, 3]))
    page.set_expression("B")
    wait_for("both", lambda: page.says("tensor[2, 3] n=6") and page.says("tensor[2, 2] n=4"))
    program.focus()
    program.press(next(program.find_all("push button", "Enlarge")))
    plan.check("2^64 - 1 is read out to the last digit",
               page.wait_cell("A", "row 0, column 0, value 18446744073709551615; A[0, 0] = 18446744073709551615  uint64"))
    program.key("Escape")
    program.settle()
    program.press(list(program.find_all("push button", "Enlarge"))[1])
    plan.check("and -2^63", page.wait_cell("B", "row 0, column 0, value -9223372036854775808; "
                                                "B[0, 0] = -9223372036854775808  int64"))
    program.key("Right", "Down")
    plan.check("arrows move", page.wait_cell("B", "row 1, column 1, value 2;"))
    program.key("ctrl+t")
    program.key("End")
    plan.check("the axes are swapped", page.wait_cell("B", "column 1, value"))
    program.key("ctrl+t", "ctrl+l")
    program.settle()
    program.type("[-1, 2]")
    program.key("Return")
    plan.check("an index is gone to, counted from the end", page.wait_cell("B", "row 1, column 2, value 3;"))
    program.key("Escape")
    page.type_shape("A", "[[1, nan, 3], [4, inf, nan]]")
    wait_for("floats", lambda: page.says("nan!×2 +inf!"))
    plan.check("NaN and infinities stand in the statistics", True)
    program.settle()
    program.press(next(program.find_all("push button", "Enlarge")))
    page.wait_cell("A", "row 0, column 0, value 1.0")
    for place in ["row 0, column 1", "row 1, column 2", "row 0, column 1"]:
        program.key("n")
        plan.check("the next NaN is at " + place, page.wait_cell("A", place + ", value nan"))
    program.key("Escape")


def test(program, plan):
    page = Heatmaps(program)
    os.makedirs(FOLDER, exist_ok=True)
    page.type_shape("A", "[30, 40]")
    page.type_shape("B", "[30, 40]")
    page.set_expression("A + B")
    page.grid("result")
    program.focus()
    lower_window(program)
    test_wheel(page, plan)
    test_enlarge(page, plan)
    test_keyboard(page, plan)
    test_drag_bar(page, plan)
    test_drag_axis(page, plan)  # last: GTK keeps the window of what was dragged


if __name__ == "__main__":
    run(test, BINARY, environment={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": os.path.join(FOLDER, "config"),
                                   "GSETTINGS_BACKEND": "memory"})
