"""Names from outside where Qt would read more into them: menus and buttons an &, tool tips HTML."""

from html import escape


def plain_words(name: str) -> str:
    """A name for a menu or a button, where a single & would underline the next letter and be gone."""
    return name.replace("&", "&&")


def plain_tip(text: str) -> str:
    """Text for a tool tip, which would draw what looks like HTML; its lines stay."""
    return f"<p style='white-space:pre'>{escape(text, quote=False)}</p>" if "<" in text else text
