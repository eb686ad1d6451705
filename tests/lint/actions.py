#!/usr/bin/env python3
"""Every action named in ui/ is installed by code, and every template is in the gresource.

A button whose action no code installs is silently dead; a template that is not in the resource
aborts at run time. Prints TAP."""

import os
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def read(folder, endings):
    for place, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
        for name in sorted(names):
            if name.endswith(endings):
                path = os.path.join(place, name)
                yield os.path.relpath(path, ROOT), open(path, encoding="utf-8").read()


# Actions that GTK's own widgets install.
TOOLKIT = {"window.close", "window.minimize", "window.toggle-maximized", "clipboard.copy",
           "clipboard.cut", "clipboard.paste", "selection.select-all", "text.undo", "text.redo",
           "win.show-help-overlay", "default.activate", "navigation.pop"}


def named_actions():
    """(file, action) of every action-name in templates, menus and shortcuts."""
    for path, text in read("ui", (".ui",)):
        found = re.findall(r'name="(?:[a-z-]*action-name|action)"[^>]*>([^<]+)<', text)
        for action in found:
            yield path, re.split(r"[(:]", action.strip())[0]


def installed_actions():
    """Actions installed by the C code, as group.name."""
    found = set()
    for _, text in read(os.path.join("src", "app"), (".c",)):
        found |= set(re.findall(r'install_(?:property_)?action\s*\([^,]+,\s*"([^"]+)"', text))
        found |= set(re.findall(r'install_action\s*\([^,]+,\s*"([^"]+)"', text))
        # GActionEntry tables: { "name", … } become app.name or win.name
        for table in re.findall(r"GActionEntry[^{]*\{(.*?)\};", text, re.S):
            for name in re.findall(r'\{\s*(?:\.name\s*=\s*)?"([a-z0-9-]+)"', table):
                found |= {"app." + name, "win." + name}
        for name in re.findall(r'g_(?:simple|property)_action_new(?:_stateful)?\s*\(\s*"([^"]+)"', text):
            found |= {"app." + name, "win." + name}
        for name in re.findall(r'g_settings_create_action\s*\([^,]+,\s*"([^"]+)"', text):
            found |= {"app." + name, "win." + name}
    return found


def main():
    installed = installed_actions() | TOOLKIT
    named = list(named_actions())
    dead = ["%s: no code installs the action %s" % (p, a) for p, a in named if a not in installed]

    resource = "".join(text for _, text in read("ui", (".gresource.xml",)))
    in_resource = set(re.findall(r"<file[^>]*>([^<]+)</file>", resource))
    templates = [p for p, _ in read("ui", (".ui", ".css"))]
    missing = ["%s is not in the gresource" % p for p in templates
               if os.path.relpath(p, "ui") not in in_resource]
    absent = []
    for path, text in read(os.path.join("src", "app"), (".c",)):
        for used in re.findall(r'set_template_from_resource\s*\([^"]*"([^"]+)"', text):
            if os.path.basename(used) not in {os.path.basename(f) for f in in_resource}:
                absent.append("%s: its template %s is not in the gresource" % (path, used))

    print("1..2")
    for problem in dead + missing + absent:
        print("# " + problem)
    print("%s 1 - %d named actions are installed" % ("not ok" if dead or not named else "ok", len(named)))
    print("%s 2 - %d templates are in the gresource"
          % ("not ok" if missing or absent or not templates else "ok", len(templates)))
    sys.exit(bool(dead or missing or absent or not named or not templates))


main()
