#!/usr/bin/env python3
"""The main job, end to end, in the real window: shapes are typed, the verdict is read, each remedy is
chosen and its result read, it is applied and undone, files are opened by the chooser, a broken one
is refused. Prints TAP.

    debug.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import struct
import sys

from driver import choose_file, run, text_of, wait_for

BINARY, FOLDER = sys.argv[1:3]


def write_npy(name, shape, broken=False):
    """A float32 ramp as NumPy would save it; `broken` promises more than there is."""
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': %r, }" % (shape,)
    header += " " * (-(len(header) + 11) % 64) + "\n"
    count = 1
    for size in shape:
        count *= size
    values = struct.pack("<%df" % count, *range(count))
    path = os.path.join(FOLDER, name)
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        file.write(values[: len(values) // 2] if broken else values)
    return path


class Debug:
    """What a person finds on the Debug page."""

    def __init__(self, program):
        self.program = program

    def shape(self, name):
        return self.program.find("text", "Shape of " + name)

    def type_shape(self, name, text):
        self.program.set_text(self.shape(name), text)

    def expression(self):
        return text_of(self.program.find("text", "Expression"))

    def set_expression(self, text):
        self.program.set_text(self.program.find("text", "Expression"), text)

    def verdict(self):
        return next(self.program.find_all("status bar")).get_name()

    def wait_verdict(self, *parts):
        return wait_for("a verdict with %r" % (parts,),
                        lambda: all(part in self.verdict() for part in parts) and self.verdict())

    def cells(self):
        return [cell.get_name() for cell in self.program.find_all(
            "table cell", root=self.program.find("table", "Alignment of the axes"))]

    def remedy(self, begin):
        """The remedy card whose name begins like this."""
        return wait_for("the remedy " + begin, lambda: next(
            (card for card in self.program.find_all("push button")
             if card.get_name().startswith(begin)), None))

    def result_says(self, text):
        """Waits until the last picture says `text`: its shape or its statistics."""
        def look():
            pictures = [p for p in self.program.find_all("panel")
                        if p.get_name().startswith("Picture of ")]
            return any(text in (text_of(n) or "") for n in self.program.find_all(root=pictures[-1]))
        return wait_for("a result that says " + text, look)


def test(program, plan):
    page = Debug(program)
    os.makedirs(FOLDER, exist_ok=True)

    plan.check("the first start shows the example", page.expression() == "A[...] = B", page.expression())
    plan.check("its verdict names the axis and both sizes",
               page.wait_verdict("Axis 2", "256", "1280"))
    plan.check("the failing cells say so",
               "A, axis 2 of 4, size 256, does not fit" in page.cells(), page.cells())

    page.type_shape("A", "[1, 1, 64, 32]")
    page.type_shape("B", "1x1x320x32")
    plan.check("typed shapes are judged", page.wait_verdict("Axis 2", "64", "320"))

    for begin, shape in [("Interpolate B", "[1, 1, 64, 32]"), ("Concatenate", "[1, 1, 384, 32]"),
                         ("Slice B", "[1, 1, 64, 32]")]:
        program.press(page.remedy(begin))
        plan.check("%s is previewed as %s" % (begin, shape), page.result_says(shape))

    program.act("win.apply-remedy")
    plan.check("a remedy is written into the expression",
               wait_for("the edited expression",
                        lambda: page.expression() == "A[...] = B[:, :, :64, :]"))
    plan.check("then it fits", page.wait_verdict("fits", "[1, 1, 64, 32]"))
    program.act("win.undo")
    plan.check("undo takes it back", wait_for("the old expression",
                                              lambda: page.expression() == "A[...] = B"))
    program.act("win.redo")
    plan.check("redo brings it again",
               wait_for("the edited expression", lambda: "[:, :, :64, :]" in page.expression()))
    program.act("win.undo")

    page.set_expression("A[...] = torch.cat((A, B)")
    plan.check("a broken expression says what was expected",
               wait_for("a problem", lambda: next(program.find_all(contains="Expected"), None)))
    page.set_expression("A[...] = B")
    page.wait_verdict("Axis 2")

    figure = os.path.join(FOLDER, "figure.svg")
    if os.path.exists(figure):
        os.remove(figure)
    choose_file(program, "ctrl+e", figure)
    plan.check("the alignment is exported as a figure",
               wait_for("the figure", lambda: os.path.exists(figure)
                        and "Axis 2" in open(figure, encoding="utf-8").read()))
    choose_file(program, "ctrl+e", os.path.join(FOLDER, "figure.jpg"))
    plan.check("an ending that is none of the figures' is refused by name",
               wait_for("the refusal", lambda: next(program.find_all(contains="figure.jpg"), None)))

    first, second = write_npy("first.npy", (2, 3)), write_npy("second.npy", (2, 6))
    choose_file(program, "ctrl+o", first)
    plan.check("a file opens in A",
               wait_for("its shape", lambda: next(program.find_all(contains="[2, 3]"), None)))
    choose_file(program, "ctrl+shift+o", second)
    plan.check("another opens in B", page.wait_verdict("Axis 1", "3", "6"))
    page.set_expression("torch.cat((A, B), dim=1)")
    plan.check("their values are read", page.result_says("n=18"))

    broken = write_npy("broken.npy", (4, 5), broken=True)
    before = page.expression()
    choose_file(program, "ctrl+o", broken)
    plan.check("a lying file is refused by name",
               wait_for("the refusal", lambda: next(program.find_all(contains="broken.npy"), None)))
    plan.check("and the scene is untouched",
               page.expression() == before and page.result_says("[2, 9]"))


if __name__ == "__main__":
    run(test, BINARY, environment={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": os.path.join(FOLDER, "config"),
                                   "GSETTINGS_BACKEND": "memory"})
