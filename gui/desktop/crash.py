"""What is left when the program crashes."""


def leave_no_dump() -> None:
    """No crash dump of this process and those it starts: it would hold tokens in clear.

    A limit of one byte, not zero: Linux hands a dump to the system's collector in spite of zero, but not of one
    (core(5), "Piping core dumps to a program"; fs/coredump.c). Windows makes none by itself.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    hard_limit = resource.getrlimit(resource.RLIMIT_CORE)[1]
    soft_limit = 1 if hard_limit == resource.RLIM_INFINITY else min(1, hard_limit)
    resource.setrlimit(resource.RLIMIT_CORE, (soft_limit, soft_limit))
