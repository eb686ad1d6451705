#!/usr/bin/env python3
"""A small window from which files can be dragged, as from a file manager:

    drag-source.py FILE…
"""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

FILES = Gdk.FileList.new_from_array([Gio.File.new_for_path(path) for path in sys.argv[1:]])


def show(application):
    window = Gtk.ApplicationWindow(application=application, title="Drag source",
                                   default_width=120, default_height=80)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", lambda *_: Gdk.ContentProvider.new_for_value(FILES))
    label = Gtk.Label(label="drag me", vexpand=True, hexpand=True)
    label.add_controller(source)
    window.set_child(label)
    window.present()


application = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
application.connect("activate", show)
application.run([])
