#!/usr/bin/env python3
"""Every include goes down the layers, names its layer, and only app sees GTK. Prints TAP."""

import os
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SRC = os.path.join(ROOT, "src")

# layer: the layers below it that it may include
ALLOWED = {
    "core": set(),
    "ops": {"core"},
    "advice": {"core", "ops"},
    "scene": {"core", "ops", "advice"},
    "files": {"core", "ops", "advice", "scene"},
    "paint": {"core", "ops", "advice", "scene"},
    "model": {"core", "ops", "advice", "scene", "files"},
    "cli": {"core", "ops", "advice", "scene", "files", "paint"},
    "app": {"core", "ops", "advice", "scene", "files", "paint", "model"},
}

# header prefix: the layers that may include it; a prefix not listed is the C library's or POSIX's
FOREIGN = {
    "gtk": {"app"}, "gdk": {"app"}, "adwaita": {"app"}, "gtksourceview": {"app"},
    "glib-object": {"model", "app"},
    "gio": {"files", "paint", "model", "cli", "app"},
    "glib": {"files", "paint", "model", "cli", "app"},
    "cairo": {"paint", "cli", "app"}, "pango": {"paint", "app"},
    "jansson": {"files", "cli"}, "zip": {"files"}, "png": {"files", "paint"},
    "locale": {"cli", "app"},
}


def files():
    for folder, _, names in sorted(os.walk(SRC)):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.relpath(os.path.join(folder, name), SRC)


def problems(path):
    layer = path.split(os.sep)[0]
    for number, line in enumerate(open(os.path.join(SRC, path), encoding="utf-8"), 1):
        own = re.match(r'#\s*include\s+"([^"]+)"', line)
        foreign = re.match(r"#\s*include\s+<([^>]+)>", line)
        place = "src/%s:%d" % (path, number)
        if own:
            target = own.group(1).split("/")[0]
            generated = "/" not in own.group(1)
            if generated and own.group(1) != "config.h":
                yield "%s: \"%s\" does not name its layer" % (place, own.group(1))
            elif not generated and target != layer and target not in ALLOWED[layer]:
                yield "%s: %s may not include %s" % (place, layer, own.group(1))
        elif foreign:
            head = re.split(r"[/.]", foreign.group(1))[0]
            for prefix in sorted(FOREIGN, key=len, reverse=True):
                if head.startswith(prefix):
                    if layer not in FOREIGN[prefix]:
                        yield "%s: %s may not include <%s>" % (place, layer, foreign.group(1))
                    break


def main():
    unknown = {p.split(os.sep)[0] for p in files()} - set(ALLOWED)
    found = ["src/%s is not a layer" % u for u in sorted(unknown)]
    checked = [p for p in files() if p.split(os.sep)[0] in ALLOWED]
    for path in checked:
        found += problems(path)
    print("1..1")
    for problem in found:
        print("# " + problem)
    print("%s 1 - includes of %d files go down the layers" % ("not ok" if found or not checked else "ok",
                                                          len(checked)))
    sys.exit(bool(found))


main()
