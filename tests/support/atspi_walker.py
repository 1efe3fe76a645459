"""The eyes and hands of a screen reader: works a program's window through AT-SPI alone.

Run by the system's own Python, which has pyatspi. Reads a JSON command a line, {"do": name, ...}, and answers with a
JSON line: {"ok": value} or {"error": words}. An object is meant by a mapping `what` of name, has, role, id (the end of
its accessible id), states and nth. Every wait has an end and lets events in meanwhile.
"""

import json
import sys
import time

import pyatspi
from gi.repository import Atspi, GLib

_RETURN = 0xFF0D
_EVENTS = ("object:announcement",)


class Walker:
    """Its methods `do_…` are the commands."""

    def __init__(self):
        self.heard = []
        for name in _EVENTS:
            pyatspi.Registry.registerEventListener(self._hear, name)

    def _hear(self, event):
        self.heard.append(str(event.any_data))

    # ---------------------------------------------------------------- waiting
    @staticmethod
    def pump(milliseconds=0):
        """Let events in: those that wait, or for so long."""
        context = GLib.MainContext.default()
        if milliseconds:
            ends = time.monotonic() + milliseconds / 1000
            GLib.timeout_add(milliseconds, lambda: False)
            while time.monotonic() < ends:
                context.iteration(True)
        while context.iteration(False):
            pass

    def until(self, look, what, seconds):
        ends = time.monotonic() + seconds
        while True:
            try:
                found = look()
            except Exception:  # The tree changes while it is read.
                found = None
            if found:
                return found
            if time.monotonic() > ends:
                raise LookupError(f"did not come within {seconds} s: {what}")
            self.pump(30)

    # ----------------------------------------------------------------- seeing
    @staticmethod
    def windows():
        """The program's windows; the web page's document hangs beside them a second time."""
        desktop = pyatspi.Registry.getDesktop(0)
        program = next((one for one in desktop if one is not None and one.childCount), ())
        return [one for one in program if one is not None and one.getRoleName() not in ("document web", "invalid")]

    def below(self, one, hidden=False, depth=0):
        """Every object below `one` that is showing, or also hidden ones; of a list the first few hundred."""
        yield one
        if depth > 60:
            return
        for number in range(min(one.childCount, 400)):
            try:
                child = one.getChildAtIndex(number)
                if child is None or not (hidden or child.getState().contains(pyatspi.STATE_SHOWING)):
                    continue
                yield from self.below(child, hidden, depth + 1)
            except Exception:
                continue

    @staticmethod
    def identity(one):
        try:
            return (one.get_accessible_id() or "").rsplit(".", 1)[-1]
        except Exception:
            return ""

    @staticmethod
    def states(one):
        return [pyatspi.stateToString(state) for state in one.getState().getStates()]

    def fits(self, one, what):
        name = one.name or ""
        return (
            what.get("name", name) == name
            and what.get("has", "") in name
            and ("role" not in what or one.getRoleName() == what["role"])
            and ("id" not in what or self.identity(one) == what["id"])
            and all(state in self.states(one) for state in what.get("states", ()))
        )

    def look(self, what):
        left = what.get("nth", 0)
        for window in self.windows():
            for one in self.below(window):
                if self.fits(one, what):
                    if not left:
                        return one
                    left -= 1
        return None

    def letters(self, what):
        """How many letters stand in a field."""
        return self.look(what).queryText().characterCount

    def find(self, what, seconds=20):
        return self.until(lambda: self.look(what), what, seconds)

    def describe(self, one):
        told = {
            "role": one.getRoleName(),
            "name": one.name,
            "description": one.description,
            "id": self.identity(one),
            "states": self.states(one),
        }
        for key, read in (
            ("actions", lambda: [one.queryAction().getName(n) for n in range(one.queryAction().nActions)]),
            ("text", lambda: one.queryText().getText(0, -1)),
        ):
            try:
                told[key] = read()
            except NotImplementedError:
                told[key] = ""
        return told

    # --------------------------------------------------------------- commands
    def do_ping(self):
        return True

    def do_tree(self, hidden=False):
        told = []
        for window in self.windows():
            for one in self.below(window, hidden):
                try:
                    told.append(self.describe(one))
                except Exception:
                    continue
        return told

    def do_wait(self, what, seconds=20):
        return self.describe(self.find(what, seconds))

    def do_act(self, what, seconds=20):
        """The first action of the object, once it is enabled."""

        def ready():
            one = self.look(what)
            return one if one and one.getState().contains(pyatspi.STATE_ENABLED) else None

        one = self.until(ready, f"{what}, enabled", seconds)
        return bool(one.queryAction().doAction(0))

    def do_fill(self, what, text, seconds=20):
        return bool(self.find(what, seconds).queryEditableText().setTextContents(text))

    def do_focus(self, what, seconds=20):
        """Give it the focus, and wait until it has it."""
        self.find(what, seconds).queryComponent().grabFocus()
        self.until(lambda: "focused" in self.states(self.look(what)), f"{what}, focused", seconds)
        return True

    def do_type(self, what, text, seconds=20):
        """Letters from the keyboard, each once the one before has arrived in the object that has the focus."""
        for count, letter in enumerate(text, 1):
            Atspi.generate_keyboard_event(ord(letter), None, Atspi.KeySynthType.SYM)
            self.until(lambda count=count: self.letters(what) == count, f"letter {count}", seconds)
        return True

    def do_press_return(self):
        Atspi.generate_keyboard_event(_RETURN, None, Atspi.KeySynthType.SYM)
        return True

    def do_hear(self, words, seconds=20):
        """Wait for an announcement that holds these words; it, and what was announced before."""
        self.until(lambda: any(words in one for one in self.heard), f"the announcement “{words}”", seconds)
        heard, self.heard = self.heard, []
        return heard


def main():
    walker = Walker()
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = {"ok": getattr(walker, f"do_{command.pop('do')}")(**command)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
