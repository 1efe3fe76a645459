"""Page Keys: the keys to your Facebook Pages. Reads the command line and hands over to gui.app."""

import sys


def _loopback(text: str) -> str:
    """An address on this computer; anything else is refused."""
    import argparse
    from urllib.parse import urlsplit

    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in {"http", "https"} or parts.hostname not in {"127.0.0.1", "localhost", "::1"} or parts.path or parts.query or parts.username:
        raise argparse.ArgumentTypeError("only an address on this computer, such as http://127.0.0.1:8080")
    return text.rstrip("/")


def main(arguments: list[str]) -> int:
    """Run the program; the exit code."""
    from gui import __version__

    if not arguments:
        from gui.app import Options, run

        return run(Options())
    import argparse
    from pathlib import Path

    parser = argparse.ArgumentParser(prog="page-keys", description="The keys to your Facebook Pages.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"Page Keys {__version__}")
    parser.add_argument("--practice", action="store_true", help="open on the built-in practice Facebook")
    parser.add_argument("--tour", type=Path, metavar="FOLDER", help="do the whole job alone on the practice Facebook, a picture a step")
    parser.add_argument("--profile", type=Path, metavar="FOLDER", help="keep data there")
    parser.add_argument("--graph-url", type=_loopback, default=None, metavar="URL", help="another Facebook on this computer")
    parser.add_argument("--login-url", type=_loopback, default=None, metavar="URL", help="its login address, when it differs")
    options = parser.parse_args(arguments)
    if options.login_url and not options.graph_url:
        parser.error("--login-url goes with --graph-url")
    if options.practice and options.graph_url:
        parser.error("--practice and --graph-url exclude each other")
    if options.tour is not None:
        from gui.tour import run_tour

        return run_tour(options.tour)
    from gui.app import Options, run

    return run(Options(options.profile, options.practice, options.graph_url or "", options.login_url or ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
