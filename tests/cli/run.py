#!/usr/bin/env python3
"""Runs one text file of commands and expected output against fiducial-cli: run.py FILE.test

The commands run in a fresh temporary folder, through bash, with fiducial-cli found first in PATH. Variables:
  $SHARED  the shared test data    $SOURCE  this repository    $TMP  the temporary folder
In output these three are written back as $SHARED, $SOURCE and $TMP before they are compared.

A file is a list of these; empty lines and lines that begin with "# " count for nothing:
  ? shared PATH          needs $SHARED/PATH: without it the test is skipped, or fails where FIDUCIAL_SHARED is set
  <<< file NAME          the lines up to one that is ">>>" become the file NAME
  $ COMMAND              runs COMMAND; the lines after it say what is expected, in any order of kinds:
    TEXT                   the next line of stdout, exactly
    = TEXT                 the same, for a TEXT that looks like one of these
    ~ PATTERN              the next line of stdout matches PATTERN (Python regular expression) from end to end
    * GLOB                 the next line of stdout matches GLOB (* and ?)
    ...                    any number of lines of stdout, none included
    json PATH VALUE        stdout is one JSON document, and PATH in it (keys and indexes with dots between, # for a
                           length, . for all of it) is VALUE (JSON); stdout is then not compared as text as well
    ! exit N               the exit status is N; without this line it must be 0
    stderr~ PATTERN        PATTERN is found in stderr
Without a line about it, stdout is empty; without a `stderr~` line, so is stderr. The first thing that differs ends the
file: exit status 1, and the command, what was expected and what came are shown. Exit status 77 is a skip.
"""
import fnmatch
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SKIP = 77
COMMAND_TIMEOUT_S = 120


class Step:
    """One command and what is expected of it."""

    def __init__(self, line_number, command):
        self.line_number, self.command = line_number, command
        self.stdout, self.stderr, self.json, self.exit = [], [], [], 0

    def expect(self, line):
        if match := re.fullmatch(r"! exit (\d+)", line):
            self.exit = int(match[1])
        elif line.startswith("stderr~ "):
            self.stderr.append(line[8:])
        elif match := re.fullmatch(r"json (\S+) (.+)", line):
            self.json.append((match[1], json.loads(match[2])))
        elif line == "...":
            self.stdout.append(("any", line))
        elif line[:2] in ("= ", "~ ", "* "):
            self.stdout.append((line[0], line[2:]))
        else:
            self.stdout.append(("=", line))


def parse(text):
    """The needed shared paths, the files to write and the steps, in order: [(kind, value)]."""
    items, lines = [], iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        if not line.strip() or line.startswith("# ") or line == "#":
            continue
        if line.startswith("? shared "):
            items.append(("shared", line[9:].strip()))
        elif line.startswith("<<< file "):
            content = []
            for _, inner in lines:
                if inner == ">>>":
                    break
                content.append(inner + "\n")
            else:
                raise SyntaxError(f"line {number}: no >>> ends this file")
            items.append(("file", (line[9:].strip(), "".join(content))))
        elif line.startswith("$ "):
            items.append(("step", Step(number, line[2:])))
        elif items and items[-1][0] == "step":
            items[-1][1].expect(line)
        else:
            raise SyntaxError(f"line {number}: expected output before any command: {line}")
    return items


def line_matches(kind, expected, actual):
    if kind == "=":
        return expected == actual
    if kind == "~":
        return re.fullmatch(expected, actual) is not None
    return fnmatch.fnmatchcase(actual, expected)


def lines_match(expected, actual):
    if not expected:
        return not actual
    kind, text = expected[0]
    if kind == "any":
        return any(lines_match(expected[1:], actual[start:]) for start in range(len(actual) + 1))
    return bool(actual) and line_matches(kind, text, actual[0]) and lines_match(expected[1:], actual[1:])


def json_at(document, path):
    value = document
    for key in [] if path == "." else path.split("."):
        if key == "#":
            value = len(value)
        elif isinstance(value, list):
            value = value[int(key)]
        else:
            value = value[key]
    return value


def json_faults(step, stdout):
    try:
        document = json.loads(stdout)
    except json.JSONDecodeError as error:
        return [f"stdout is not one JSON document: {error}"]
    faults = []
    for path, expected in step.json:
        try:
            actual = json_at(document, path)
        except (KeyError, IndexError, ValueError, TypeError) as error:
            faults.append(f"json {path}: nothing there ({error!r})")
            continue
        if actual != expected or isinstance(actual, bool) != isinstance(expected, bool):
            faults.append(f"json {path}: expected {json.dumps(expected)}, got {json.dumps(actual)}")
    return faults


def faults_of(step, status, stdout, stderr):
    faults = []
    if status != step.exit:
        faults.append(f"exit status: expected {step.exit}, got {status}")
    if step.json:
        faults += json_faults(step, stdout)
    elif not lines_match(step.stdout, stdout.splitlines()):
        wanted = "\n".join(text if kind in ("=", "any") else f"{kind} {text}" for kind, text in step.stdout)
        faults.append(f"stdout: expected\n{wanted}")
    faults += [f"stderr: nothing matches {pattern}" for pattern in step.stderr if not re.search(pattern, stderr)]
    if stderr and not step.stderr:
        faults.append("stderr: expected nothing")
    return faults


def run(step, folder, environment, names):
    try:
        done = subprocess.run(["bash", "-c", step.command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=COMMAND_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return [f"took more than {COMMAND_TIMEOUT_S} s"], "", ""
    stdout, stderr = (text.decode("utf-8", "backslashreplace") for text in (done.stdout, done.stderr))
    for path, name in names:
        stdout, stderr = stdout.replace(path, name), stderr.replace(path, name)
    return faults_of(step, done.returncode, stdout, stderr), stdout, stderr


def main(path):
    source = Path(__file__).resolve().parents[2]
    cli = Path(os.environ.get("FIDUCIAL_CLI") or source / "build/release/bin/fiducial-cli")
    shared = Path(os.environ.get("FIDUCIAL_SHARED") or source.parent / "shared" / "data")
    if not cli.exists():
        print(f"no program {cli}: build it first")
        return 1
    with tempfile.TemporaryDirectory(prefix="fiducial-cli-") as temporary:
        folder = Path(temporary).resolve()
        environment = dict(os.environ, PATH=f"{cli.parent}{os.pathsep}{os.environ['PATH']}", SHARED=str(shared),
                           SOURCE=str(source), TMP=str(folder), LC_ALL="C.UTF-8")
        names = [(str(folder), "$TMP"), (str(shared), "$SHARED"), (str(source), "$SOURCE")]
        for kind, value in parse(path.read_text(encoding="utf-8")):
            if kind == "shared" and not (shared / value).exists():
                print(f"shared test data missing: {shared / value} (set FIDUCIAL_SHARED to its root)")
                return 1 if os.environ.get("FIDUCIAL_SHARED") else SKIP
            if kind == "file":
                name, content = value
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(content, encoding="utf-8")
            if kind == "step":
                faults, stdout, stderr = run(value, folder, environment, names)
                if faults:
                    print(f"{path}:{value.line_number}: $ {value.command}", *faults, sep="\n")
                    print(f"--- stdout\n{stdout}--- stderr\n{stderr}---")
                    return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
