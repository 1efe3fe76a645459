"""The views that are reached by a command alone, for tests that walk all of them."""

from gui.shell.commands import Command

VIEWS = (
    Command.SHOW_ALL_PAGES, Command.SHOW_HEALTH, Command.SHOW_HISTORY, Command.SHOW_SETTINGS, Command.SHOW_IMPORT,
    Command.SHOW_ANY_TOKEN, Command.SHOW_HELP, Command.SHOW_ABOUT, Command.SET_UP_ANOTHER_APP,
)  # fmt: skip
