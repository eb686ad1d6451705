#!/usr/bin/env python3
"""From a traceback to the line to write instead, in the real window: what was understood is read,
a size is corrected, it replaces the scene, the first remedy is applied, and all of it is undone.
Prints TAP.

    paste.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import sys

from driver import Atspi, run, text_of, wait_for

BINARY, FOLDER = sys.argv[1:3]

TRACEBACK = """Traceback (most recent call last):
  File "train.py", line 41, in <module>
    loss = step(batch)
  File "train.py", line 20, in step
    y = x + bias
RuntimeError: The size of tensor a (512) must match the size of tensor b (500) at non-singleton dimension 1
"""


class Paste:
    """What a person finds in the dialog."""

    def __init__(self, program):
        self.program = program

    def open(self):
        self.program.act("win.paste-error")
        return self.program.find("text", "Error message or traceback")

    def write(self, text):
        self.program.set_text(self.program.find("text", "Error message or traceback"), text)

    def says(self, text):
        return wait_for("the words " + text, lambda: next(self.program.find_all(contains=text), None))

    def shape(self, name):
        return self.program.find("text", "Pasted Shape of " + name)

    def expression(self):
        return text_of(self.program.find("text", "Pasted Expression"))

    def replace_button(self):
        return next(button for button in self.program.find_all("push button")
                    if button.get_name().endswith("Replace"))

    def can_replace(self):
        return self.replace_button().get_state_set().contains(Atspi.StateType.SENSITIVE)

    def replace(self):
        self.program.press(self.replace_button())
        self.program.wait_windows("the dialog to close", 1)


def main_expression(program):
    return text_of(program.find("text", "Expression"))


def verdict(program):
    return next(program.find_all("status bar")).get_name()


def test(program, plan):
    paste = Paste(program)
    before = main_expression(program)

    paste.open()
    plan.check("an empty dialog says what to do", paste.says("Paste What Python Printed"))
    paste.write("KeyError: 'weights'")
    plan.check("what is not about shapes is not recognised", paste.says("Not Recognised"))

    paste.write(TRACEBACK)
    plan.check("the framework is understood", paste.says("PyTorch"))
    plan.check("the sizes are", paste.says("512 and 500"))
    names = [node.get_name()[len("Pasted Shape of "):] for node in wait_for(
        "the shapes", lambda: [n for n in program.find_all("text")
                               if n.get_name().startswith("Pasted Shape of ")])]
    plan.check("both tensors have an entry", len(names) == 2, names)
    plan.check("an unknown size is a question mark", "?" in text_of(paste.shape(names[0])),
               text_of(paste.shape(names[0])))
    plan.check("which the dialog explains", paste.says("? is a size that the message does not give"))
    plan.check("there is a line over them", all(name in paste.expression() for name in names),
               paste.expression())

    program.set_text(paste.shape(names[0]), "[8, 51")
    plan.check("a broken shape is refused in place and cannot replace anything",
               paste.says("expected") and wait_for("the button to be off",
                                                   lambda: not paste.can_replace()))
    program.set_text(paste.shape(names[0]), "[8, 512]")
    program.set_text(paste.shape(names[1]), "[8, 500]")
    plan.check("corrected sizes are judged at once", paste.says("has 512 and"))

    line = paste.expression()
    paste.replace()
    plan.check("it replaces the scene",
               wait_for("the new expression", lambda: main_expression(program) == line))
    plan.check("with the corrected sizes",
               "[8, 512]" in text_of(program.find("text", "Shape of " + names[0])).replace("float32", ""))
    plan.check("and the verdict names both sizes",
               wait_for("the verdict", lambda: "512" in verdict(program) and "500" in verdict(program)))

    program.act("win.apply-remedy")
    plan.check("the first remedy makes it fit", wait_for("a verdict that it fits",
                                                         lambda: "fits" in verdict(program)))
    plan.check("and is written into the line", main_expression(program) != line)

    program.act("win.undo")
    plan.check("undo takes the remedy back",
               wait_for("the pasted line", lambda: main_expression(program) == line))
    program.act("win.undo")
    plan.check("undo takes the pasted message back in one step",
               wait_for("the first scene", lambda: main_expression(program) == before))

    paste.open()
    paste.write("x" * 1_500_000 + "\n" + TRACEBACK)
    plan.check("a text of more than 1 MiB says that it was cut", paste.says("longer than 1 MiB"))
    plan.check("and its end was not read", paste.says("Not Recognised"))


run(test, BINARY, environment={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": os.path.join(FOLDER, "config"),
                               "GSETTINGS_BACKEND": "memory"})
