#!/usr/bin/env python3
"""Files are dragged from another window onto the card of a tensor. Prints TAP.

    drop.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import subprocess
import sys

from driver import run, wait_for
from debug import Debug, write_npy

BINARY, FOLDER = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))


class Source:
    """The other window, beside the program's."""

    def __init__(self, *paths):
        self.process = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "drag-source.py"), *paths])
        self.window = wait_for("the window to drag from", self._find)
        subprocess.run(["xdotool", "windowmove", "--sync", self.window, "1190", "20"], check=True)

    def _find(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               stdout=subprocess.PIPE, text=True).stdout.split()
        return max(found, key=int) if found else None

    def drag_to(self, x, y):
        """Presses on the window, moves in small steps as a hand does, lets go."""
        steps = [["mousemove", "1245", "90"], ["sleep", "0.3"], ["mousedown", "1"]]
        for i in range(1, 21):
            steps += [["mousemove", str(int(1245 + (x - 1245) * i / 20)), str(int(90 + (y - 90) * i / 20))],
                      ["sleep", "0.03"]]
        steps += [["sleep", "0.4"], ["mouseup", "1"]]
        subprocess.run(["xdotool", *[word for step in steps for word in step]], check=True)

    def quit(self):
        self.process.terminate()
        self.process.wait()


def middle_of(program, name):
    """Where a control is: the program's window stands in the corner of the screen."""
    import gi
    from gi.repository import Atspi
    at = Atspi.Component.get_extents(program.find(name=name), Atspi.CoordType.WINDOW)
    return at.x + at.width // 2, at.y + at.height // 2


def test(program, plan):
    page = Debug(program)
    os.makedirs(FOLDER, exist_ok=True)
    page.wait_verdict("Axis 2")
    program.settle()

    source = Source(write_npy("third.npy", (7, 5)))
    source.drag_to(*middle_of(program, "Tensor B"))
    plan.check("a file that is dropped on a card opens there",
               wait_for("its shape", lambda: next(program.find_all(contains="[7, 5]"), None)))
    plan.check("its name stands on the card", program.find(contains="third.npy"))
    source.quit()

    source = Source(write_npy("one.npy", (4, 5)), write_npy("two.npy", (1, 5)))
    source.drag_to(*middle_of(program, "Tensor A"))
    plan.check("two files open in this card and the next",
               wait_for("both", lambda: next(program.find_all(contains="one.npy"), None)
                        and next(program.find_all(contains="two.npy"), None)))
    plan.check("their shapes are judged", page.wait_verdict("fits", "[4, 5]"))
    source.quit()

    broken = write_npy("broken.npy", (4, 5), broken=True)
    source = Source(broken)
    source.drag_to(*middle_of(program, "Tensor B"))
    plan.check("a lying file is refused by name",
               wait_for("the refusal", lambda: next(program.find_all(contains="broken.npy"), None)))
    plan.check("and the scene is untouched", page.verdict() and "[4, 5]" in page.verdict())
    source.quit()


if __name__ == "__main__":
    run(test, BINARY, environment={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": os.path.join(FOLDER, "config"),
                                   "GSETTINGS_BACKEND": "memory"})
