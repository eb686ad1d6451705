#!/usr/bin/env python3
"""A class hour, end to end, in the real window: the page is opened, three lessons are presented by
keyboard alone, exercises are answered wrong and right, the handout is exported. Prints TAP; with
SCREENSHOTS set to a folder, pictures of it all go there.

    teach.py SHAPESCOPE FOLDER-FOR-FILES
"""

import os
import subprocess
import sys

from driver import run, text_of, wait_for

BINARY, FOLDER = sys.argv[1:3]
LESSON = """# My own lesson
## A column and a row
A size of 1 **repeats**.

```shapescope
stage: A + B
A = [[0], [10], [20]]
B = ramp:int64[4]
result: 3,4
```

```shapescope
exercise: A * B
A = 2,1
B = 3
```

```shapescope
stage: A
A = 2
resutl: 2
```

```shapescope
exercise: A + B
A = 3
B = 4
```
"""


class Class:
    """What a teacher finds on the Teach page."""

    def __init__(self, program):
        self.program = program
        self.shots = os.environ.get("SCREENSHOTS")

    def shot(self, name):
        if self.shots:
            self.program.settle(1.2)
            self.program.screenshot(os.path.join(self.shots, "teach-%s.png" % name))

    def says(self, text):
        """Waits until something on the page says `text`."""
        return wait_for("something that says " + text, lambda: any(
            text in (text_of(node) or "") for node in self.program.find_all()))

    def picture(self):
        """What a screen reader is told of the stage in the newest window."""
        newest = self.program.windows()[-1]
        return [node.get_name() for node in self.program.find_all("image", root=newest)
                if node.get_name()]

    def step(self, text):
        return wait_for("the step " + text,
                        lambda: any(text in name for name in self.picture()))


def choose_file(program, path, replace=False):
    """In the chooser that is coming up: `/` brings up its location entry. `replace`: of the name that
    is proposed, the ending is not selected."""
    program.wait_windows("the file chooser", 2)
    program.focus()
    if replace:
        program.key("ctrl+a")
    program.type(path)
    program.settle()
    program.key("Return")
    program.wait_windows("the file chooser to close", 1)


def present(program, plan, page):
    """Three lessons from beginning to end, by the keys that a clicker has."""
    for number, ending in enumerate(["Count the values", "Stretch and compute", "Stretch and compute"]):
        program.focus()
        program.key("F5")
        program.wait_windows("the presentation", 2)
        program.settle()
        program.focus()
        if number == 0:
            page.shot("present-first")
        seen, last = set(), None
        for _ in range(120):
            now = page.picture()[-1:]
            if any(ending in name for name in now):
                break
            seen.update(now)
            program.key("space" if len(seen) % 2 else "Next")
            program.settle(0.15)
        plan.check("lesson %d is stepped through by keyboard to “%s”" % (number + 1, ending),
                   any(ending in name for name in page.picture()), page.picture())
        page.shot("present-%d" % (number + 1))
        if number == 0:
            program.key("b")
            page.shot("present-blank")
            program.key("b")
            program.key("s")
            page.shot("present-spotlight")
        program.key("Escape")
        program.wait_windows("the presentation to end", 1)
        program.focus()
        program.key("Down")  # the next lesson of the list
        program.settle(0.3)


def test(program, plan):
    page = Class(program)
    os.makedirs(FOLDER, exist_ok=True)
    program.settle()
    program.focus()
    program.key("alt+3")
    lessons = program.find("list", "Lessons")
    plan.check("the page opens with lessons", lessons.get_child_count() >= 12, lessons.get_child_count())
    page.shot("page")

    program.press(program.find("push button", "Step On"))
    plan.check("a step is said as it is drawn", page.step("2 of "))
    present(program, plan, page)

    path = os.path.join(FOLDER, "mine.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(LESSON)
    program.press(program.find("push button", "Open a Lesson…"))
    choose_file(program, path)
    plan.check("a lesson's file opens", page.says("My own lesson"))
    plan.check("what is wrong in it is listed by line", page.says("Line 21: "))
    plan.check("and the rest is there", page.step("1 of 5"))
    page.shot("own-lesson")
    with open(path, "w", encoding="utf-8") as file:
        file.write(LESSON.replace("resutl", "result").replace("A + B", "A - B"))
    program.settle(1.5)  # while rows of the list change it is not asked about
    plan.check("saved again it is read again", page.says("A - B"))

    program.press(program.find("push button", "Next Slide"))
    plan.check("an exercise asks", page.says("A * B with A (2, 1), B (3,)"))
    answer = program.find("text", "Your answer")
    program.set_text(answer, "2, 1")
    program.press(program.find("push button", "Check"))
    plan.check("a wrong answer is explained axis by axis",
               page.says("✗ Axis −1: you said 1; 3 meets 1, and the 1 stretches to 3."))
    program.press(program.find("push button", "Hint"))
    plan.check("a hint helps on", page.says("Push the shapes to the right"))
    page.shot("wrong")
    program.set_text(answer, "2, 3")
    program.press(program.find("push button", "Check"))
    plan.check("a right answer is right", page.says("✓ Axis −1: 3, right."))
    plan.check("and counted", page.says("1 of 1 right"))
    page.shot("right")
    program.press(program.find("push button", "Next Slide"))
    page.step("1 of ")
    program.press(program.find("push button", "Next Slide"))
    page.says("A - B with A (3,), B (4,)")
    program.set_text(program.find("text", "Your answer"), "fails -1")
    program.press(program.find("push button", "Check"))
    plan.check("that it fails, and where, is right too", page.says("2 of 2 right"))

    handout = os.path.join(FOLDER, "handout.pdf")
    if os.path.exists(handout):
        os.remove(handout)
    for _ in range(3):
        program.press(program.find("push button", "Previous Slide"))
    page.says("A - B")
    page.step("1 of 5")
    figure = os.path.join(FOLDER, "step.svg")
    if os.path.exists(figure):
        os.remove(figure)
    program.focus()
    program.key("ctrl+e")
    choose_file(program, figure)
    plan.check("a step is exported, its text as text",
               wait_for("the figure", lambda: os.path.exists(figure)
                        and ">1 of 5 – Write the shapes</text>" in open(figure, encoding="utf-8").read()))

    program.focus()
    program.key("ctrl+shift+e")
    choose_file(program, handout, replace=True)
    plan.check("the handout is exported", wait_for("the handout", lambda: os.path.exists(handout)))
    pages = subprocess.run(["pdftotext", handout, "-"], stdout=subprocess.PIPE, text=True).stdout
    plan.check("with its steps and the answer to the exercise",
               "Stretch and compute" in pages and "(2, 3)" in pages, pages[:200])
    page.shot("end")


def write_settings(folder):
    """Steps are there at once: what is tested is not how long they take."""
    os.makedirs(os.path.join(folder, "gtk-4.0"), exist_ok=True)
    with open(os.path.join(folder, "gtk-4.0", "settings.ini"), "w", encoding="utf-8") as file:
        file.write("[Settings]\ngtk-enable-animations=0\n")
    return folder


if __name__ == "__main__":
    run(test, BINARY, environment={"LC_ALL": "C.UTF-8", "GSETTINGS_BACKEND": "memory",
                                   "XDG_CONFIG_HOME": write_settings(os.path.join(FOLDER, "config"))})
