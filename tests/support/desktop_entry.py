"""A desktop entry read as the Desktop Entry Specification has it."""


def exec_words(entry: str) -> list[str]:
    """The words of a desktop entry's Exec line, by the specification: escapes of the string, then of the quoting."""
    line = next(one for one in entry.splitlines() if one.startswith("Exec="))[5:]
    line = line.replace("\\\\", "\\")
    words, word, quoted, escaped = [], "", False, False
    for one in line:
        if escaped:
            word, escaped = word + one, False
        elif one == "\\" and quoted:
            escaped = True
        elif one == '"':
            quoted = not quoted
        elif one == " " and not quoted:
            words.append(word)
            word = ""
        else:
            word += one
    return [one.replace("%%", "%") for one in (*words, word)]
