"""`python -m gui.practice`: the practice Facebook alone, for any client. Its first line of output is JSON."""

import argparse
import json

from gui.practice.faults import TROUBLES
from gui.practice.server import PracticeServer
from gui.practice.world import World


def main(arguments: list[str] | None = None) -> None:
    """Serve on 127.0.0.1 until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m gui.practice", description="A practice Facebook on this computer.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--pages", type=int, default=240, help="how many Pages the agency looks after (up to 20,000)")
    parser.add_argument("--latency", type=float, default=0, metavar="MS", help="milliseconds added to each answer")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another world")
    parser.add_argument(
        "--trouble",
        action="append",
        default=[],
        metavar="NAME",
        help="NAME or NAME:TIMES; one of: " + ", ".join(TROUBLES),
    )
    options = parser.parse_args(arguments)
    if not 0 <= options.pages <= 20_000:
        parser.error("--pages takes 0 to 20000")
    world = World(pages=options.pages, seed=options.seed)
    for trouble in options.trouble:
        name, _, times = trouble.partition(":")
        if name not in TROUBLES or (times and not times.isdecimal()):
            parser.error(f"no such trouble: {trouble}")
        world.faults.on(name, int(times) if times else None)
    server = PracticeServer(world, port=options.port, latency=options.latency / 1000)
    print(json.dumps(server.description()), flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
