"""Works an installed program from outside, as a person without a mouse would: by real keys on an X server.

python packaging/by_keys.py keep APP_ID < SECRETS    first start: connect the app, log in with a pasted token, list the
                                                     Pages, copy the first one's token
python packaging/by_keys.py copy                     a later start: copy that token again

SECRETS is two lines: the App secret and a short-lived token of the practice Facebook's. Either prints the SHA-256 of
the token that came to the clipboard, and no secret. tests/journeys/test_by_keyboard.py holds the presses. It needs
xdotool and xclip.
"""

import hashlib
import subprocess
import sys
import time

#: From the notice that the login page cannot be shown to *Paste a token*.
TABS_TO_PASTE = 4
#: A slow machine's view needs this long to come (seconds).
VIEW, LONGEST = 6, 90


def xdotool(*words: str, text: str = "") -> str:
    done = subprocess.run(["xdotool", *words], input=text, capture_output=True, text=True, timeout=LONGEST, check=False)
    return done.stdout.strip()


def press(*keys: str) -> None:
    for key in keys:
        xdotool("key", key)
        time.sleep(0.3)


def write(text: str) -> None:
    # From standard input: no secret in a list of processes.
    xdotool("type", "--delay", "15", "--file", "-", text=text)
    time.sleep(0.5)


def wait_for_window() -> None:
    deadline = time.monotonic() + LONGEST
    while not (found := xdotool("search", "--onlyvisible", "--name", "^Page Keys")):
        if time.monotonic() > deadline:
            sys.exit("no window of Page Keys came")
        time.sleep(0.5)
    time.sleep(VIEW)
    xdotool("windowfocus", found.splitlines()[-1])
    time.sleep(1)


def clipboard() -> str:
    asked = ["xclip", "-selection", "clipboard", "-out"]
    return subprocess.run(asked, capture_output=True, text=True, timeout=LONGEST, check=False).stdout


def copy_a_token() -> None:
    """The first Page's token, from the list of Pages."""
    press("Down", "ctrl+c")
    deadline = time.monotonic() + 10
    while not (token := clipboard()).startswith("EAA"):
        if time.monotonic() > deadline:
            sys.exit("no token came to the clipboard")
        time.sleep(0.5)
    print(hashlib.sha256(token.encode()).hexdigest())


def keep(app_id: str) -> None:
    app_secret, token = sys.stdin.read().split()
    press("Return")
    time.sleep(VIEW)
    write(app_id)
    press("Tab", "Tab")
    write(app_secret)
    press("Return")
    time.sleep(VIEW)
    press(*["Tab"] * TABS_TO_PASTE, "Return")
    time.sleep(1)
    write(token)
    press("Return")
    time.sleep(VIEW)
    press("Return")
    time.sleep(VIEW)
    copy_a_token()


if __name__ == "__main__":
    wait_for_window()
    if sys.argv[1] == "keep":
        keep(sys.argv[2])
    else:
        copy_a_token()
