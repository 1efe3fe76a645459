"""Who works at this computer: the name of the account, for the history."""

import functools
import getpass


@functools.cache
def os_user_name() -> str:
    """The name of the computer's account; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
