"""Page Keys: the keys to your Facebook Pages. Reads the command line and hands over to gui.app."""

import sys


def _languages(arguments: list[str]) -> list[str]:
    """What the command line says of the language; the parser's own words wait for it."""
    for before, word in zip(["", *arguments], [*arguments, ""], strict=True):
        if before == "--language" and word:
            return [word]
        if word.startswith("--language="):
            return [word.partition("=")[2]]
    return []


def main(arguments: list[str]) -> int:
    """Run the program; the exit code."""
    from PySide6.QtCore import QLocale

    from gui import i18n

    # Before anything that shows a text is imported.
    i18n.use(_languages(arguments) or QLocale.system().uiLanguages())
    if not arguments:
        from gui.app import run
        from gui.options import Options

        return run(Options())
    from gui.options import Options, make_parser

    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.login_url and not options.graph_url:
        parser.error("--login-url goes with --graph-url")
    if options.practice and options.graph_url:
        parser.error("--practice and --graph-url exclude each other")
    if options.remove_data:
        if any((options.practice, options.profile, options.graph_url, options.background, options.tour)):
            parser.error("--remove-data goes alone, or with --language")
        from gui.app import remove_data

        return remove_data()
    if options.tour is not None:
        from gui.tour import run_tour

        return run_tour(options.tour)
    from gui.app import run

    handed = tuple(str(one) for one in arguments)
    return run(
        Options(
            options.profile,
            options.practice,
            options.graph_url or "",
            options.login_url or "",
            options.background,
            handed,
        )
    )


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A child that reads a strange file is this program again.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
