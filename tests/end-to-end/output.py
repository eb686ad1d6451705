"""under-display hands on the command's standard output whole and in its place, whatever it is: a pipe,
or a regular file that was written to before and is written to after.

    output.py UNDER-DISPLAY"""

import subprocess
import sys
import tempfile

COMMAND = [sys.argv[1], "sh", "-c", "echo two; echo three"]


def run(stream):
    shell = 'echo one; "$@"; echo four'
    subprocess.run(["sh", "-c", shell, "sh"] + COMMAND, stdout=stream, stderr=subprocess.DEVNULL, check=True)


def to_file(mode):
    with tempfile.NamedTemporaryFile(mode) as file:
        run(file)
        with open(file.name) as read:
            return read.read()


def to_pipe():
    shell = 'echo one; "$@"; echo four'
    return subprocess.run(["sh", "-c", shell, "sh"] + COMMAND, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True, text=True).stdout


def main():
    print("1..3")
    for number, (name, call) in enumerate([("pipe", to_pipe), ("file", lambda: to_file("w")),
                                           ("file-appended", lambda: to_file("a"))], 1):
        text = call()
        right = text == "one\ntwo\nthree\nfour\n"
        print("%sok %d - %s%s" % ("" if right else "not ", number, name, "" if right else ": %r" % text))


main()
