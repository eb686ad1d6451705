"""Drives the real program over AT-SPI, as assistive technology does. Runs inside
xvfb-run dbus-run-session (see run)."""

import os
import subprocess
import sys
import time
import traceback
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # names that have no successor in this binding
PATIENCE = 20.0


class Failed(Exception):
    pass


def wait_for(what, attempt, patience=PATIENCE):
    """Polls until attempt () gives something true; says what was waited for when it never does."""
    end = time.monotonic() + patience
    while True:
        try:
            found = attempt()
        except gi.repository.GLib.Error:
            found = None  # the object went away while it was looked at
        if found:
            return found
        if time.monotonic() > end:
            raise Failed("waited in vain for " + what)
        time.sleep(0.05)


def children(node):
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def text_of(node):
    """What a node says: its text if it has one, else its name."""
    if "Text" in node.get_interfaces():
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    return node.get_name()


class Program:
    """The running program and its window. Not with G_DEBUG=fatal-criticals, which the window tests
    have: GTK 4.8 complains of itself when a widget is asked for that is not yet, or no longer, on the
    accessibility bus, as those of a dialog that closes."""

    def __init__(self, binary, *arguments, environment=None):
        self.process = subprocess.Popen([binary, *arguments],
                                        env={**os.environ, **(environment or {})})
        self.application = wait_for("the program on the accessibility bus", self._find_application)
        self.window = wait_for("a window", self._find_window)

    def _find_application(self):
        if self.process.poll() is not None:
            raise Failed("the program ended with status %d" % self.process.returncode)
        desktop = Atspi.get_desktop(0)
        for application in children(desktop):
            if application.get_process_id() == self.process.pid:
                return application
        return None

    def _find_window(self):
        for child in children(self.application):
            if child.get_role() == Atspi.Role.FRAME or child.get_child_count() > 0:
                return child
        return None

    def find_all(self, role=None, name=None, contains=None, root=None):
        for node in walk(root or self.application):
            if role is not None and node.get_role_name() != role:
                continue
            if name is not None and node.get_name() != name:
                continue
            if contains is not None and contains not in (text_of(node) or ""):
                continue
            yield node

    def find(self, role=None, name=None, contains=None, root=None, patience=PATIENCE):
        """The first control with this role, accessible name, or text."""
        what = "%s %r" % (role or "something", name if name is not None else contains)
        return wait_for(what, lambda: next(self.find_all(role, name, contains, root), None), patience)

    def set_text(self, node, text):
        if not Atspi.EditableText.set_text_contents(node, text):
            raise Failed("%r takes no text" % node.get_name())

    def press(self, node):
        if Atspi.Action.get_n_actions(node) < 1 or not Atspi.Action.do_action(node, 0):
            raise Failed("%r cannot be pressed" % node.get_name())

    def act(self, action):
        """Runs an action of the window by its name, as win.undo."""
        for i in range(Atspi.Action.get_n_actions(self.window)):
            if Atspi.Action.get_action_name(self.window, i) == action:
                Atspi.Action.do_action(self.window, i)
                return
        raise Failed("the window does not offer the action " + action)

    def windows(self):
        """The program's top-level windows, as assistive technology lists them."""
        return list(children(self.application))

    def count_windows(self):
        """How many windows the screen shows. While windows come and go the display is asked rather
        than assistive technology: GTK 4.8 ends the program when a window is asked about that is no
        longer, or not yet, on the accessibility bus."""
        return len(subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                  stdout=subprocess.PIPE, text=True).stdout.split())

    def wait_windows(self, what, number):
        """Waits until so many are shown, and until nobody works on them any more."""
        wait_for(what, lambda: self.count_windows() == number)
        self.settle()

    def focus(self):
        """Gives the keyboard to the program's newest window; without a window manager nobody does."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               stdout=subprocess.PIPE, text=True).stdout.split()
        if not found:
            raise Failed("the program shows no window")
        subprocess.run(["xdotool", "windowfocus", "--sync", max(found, key=int)], check=True)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)

    def settle(self, seconds=0.5):
        """Lets animations end before keys are pressed."""
        time.sleep(seconds)

    def screenshot(self, path):
        """The whole screen as PNG."""
        dump = subprocess.run(["xwd", "-root", "-silent"], stdout=subprocess.PIPE, check=True).stdout
        pixels = subprocess.run(["xwdtopnm", "-quiet"], input=dump, stdout=subprocess.PIPE, check=True).stdout
        with open(path, "wb") as file:
            subprocess.run(["pnmtopng", "-quiet"], input=pixels, stdout=file, check=True)

    def quit(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def choose_file(program, keys, path):
    """Opens a file by the chooser: `/` brings up its location entry."""
    windows = program.count_windows()
    program.focus()
    program.key(keys)
    program.wait_windows("the file chooser", windows + 1)
    program.focus()
    program.type(path)
    program.settle()
    program.key("Return")
    program.wait_windows("the file chooser to close", windows)


class Plan:
    """The steps of one test, printed as TAP."""

    def __init__(self):
        self.number = 0
        self.failures = 0

    def check(self, what, truth, got=None):
        self.number += 1
        if not truth:
            self.failures += 1
            if got is not None:
                print("# got: %r" % (got,))
        print("%s %d - %s" % ("ok" if truth else "not ok", self.number, what), flush=True)

    def finish(self):
        print("1..%d" % self.number, flush=True)
        return 1 if self.failures or self.number == 0 else 0


def run(test, binary, *arguments, environment=None):
    """Starts the program, runs test (program, plan), and exits with its verdict."""
    plan = Plan()
    program = None
    try:
        program = Program(binary, *arguments, environment=environment)
        test(program, plan)
    except Failed as reason:
        plan.check(str(reason), False)
    except Exception:
        print("# " + traceback.format_exc().replace("\n", "\n# "))
        plan.check("the test ran to its end", False)
    finally:
        if program is not None:
            died = program.process.poll()
            plan.check("the program is still running", died is None, died)
            program.quit()
    sys.exit(plan.finish())
