"""The command ``outspoken``, and ``python -m player``.

Children of this process import this module again, so nothing is imported here until it is run.
"""


def main() -> int:
    """Run the command line; returns the exit code."""
    from player import cli

    return cli.main()


if __name__ == "__main__":
    raise SystemExit(main())
