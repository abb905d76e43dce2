"""The command line: which command, with which options. Neither Qt nor any reader is imported before it is needed."""

import argparse
import os
import sys
from collections.abc import Sequence

from player import __version__

COMMANDS = ("outline", "export", "list", "doctor", "backup", "restore")
EXPORT_FORMATS = (
    "json",
    "psc",
    "ffmetadata",
    "cue",
    "matroska",
    "text",
    "markdown",
    "mp3",
)  # the writers' own, which are not loaded for this
WRONG_USAGE = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``outspoken`` with the arguments ``argv`` (those of the process where not given); returns the exit code.

    0 is success, 1 an error told in one sentence, 2 wrong usage.
    """
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()  # here, where a reader that went away can still be answered in silence
        return status
    except SystemExit as end:  # argparse has said what is to be said
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has had enough; nothing more may be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(argv: list[str]) -> int:
    _show_what_cannot_be_encoded()
    before, command, after = _split(argv)
    data_dir = _window_parser().parse_args(before).data_dir if command else None
    if command == "outline":
        return _outline(after)
    if command == "export":
        return _export(after)
    if command == "list":
        return _list(after, data_dir)
    if command == "doctor":
        return _doctor(after, data_dir)
    if command in ("backup", "restore"):
        return _backup(command, after, data_dir)
    return _window(argv)


def _split(argv: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Global options, command, the rest. Only the first word that is no option is a command: ``./list`` is a file."""
    at = 0
    while at < len(argv) and argv[at].startswith("--data-dir"):
        at += 1 if "=" in argv[at] else 2
    if at < len(argv) and argv[at] in COMMANDS:
        return argv[:at], argv[at], argv[at + 1 :]
    return argv, None, []


def _outline(argv: list[str]) -> int:
    parser = _parser("outspoken outline", "Print the outline of a recording, a folder, a chapter file or a text.")
    parser.add_argument(
        "source", metavar="SOURCE", help="an audio file, a folder, a chapter file, a text, or - for standard input"
    )
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
    options = parser.parse_args(argv)
    from player.cli import outline_command

    return outline_command.run(options.source, as_json=options.json)


def _export(argv: list[str]) -> int:
    parser = _parser(
        "outspoken export", "Write the outline of a recording, a chapter file or a text for other programs."
    )
    parser.add_argument(
        "source", metavar="SOURCE", help="an audio file, a folder, a chapter file, a text, or - for standard input"
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        required=True,
        choices=EXPORT_FORMATS,
        help=f"one of {', '.join(EXPORT_FORMATS)}; what it cannot hold is told",
    )
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="write to FILE, which must not exist yet, instead of standard output; of an MP3 a copy is written, "
        'beside it as "NAME (chapters).mp3" unless told otherwise',
    )
    options = parser.parse_args(argv)
    from player.cli import export_command

    return export_command.run(options.source, options.format, options.output)


def _list(argv: list[str], data_dir: str | None) -> int:
    parser = _parser("outspoken list", "Print every recording in the library with its place.")
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
    _add_data_dir(parser, data_dir)
    options = parser.parse_args(argv)
    from player.cli import list_command

    return list_command.run(options.data_dir, as_json=options.json)


def _doctor(argv: list[str], data_dir: str | None) -> int:
    parser = _parser("outspoken doctor", "Check all that Outspoken keeps, and whether the recordings are still there.")
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended; nothing is deleted")
    _add_data_dir(parser, data_dir)
    options = parser.parse_args(argv)
    from player.cli import doctor_command

    return doctor_command.run(options.data_dir, as_json=options.json, repair=options.repair)


def _backup(command: str, argv: list[str], data_dir: str | None) -> int:
    is_backup = command == "backup"
    does = (
        "Write the whole library into one new file." if is_backup else "Put a backup into the library, merged with it."
    )
    parser = _parser(f"outspoken {command}", does)
    parser.add_argument("file", metavar="FILE", help="a file that is not there yet" if is_backup else "a backup")
    _add_data_dir(parser, data_dir)
    options = parser.parse_args(argv)
    from player.cli import backup_command

    run = backup_command.run_backup if is_backup else backup_command.run_restore
    return run(options.file, options.data_dir)


def _window(argv: list[str]) -> int:
    options = _window_parser().parse_args(argv)
    from player.cli import window_command

    return window_command.run(options.files, options.data_dir, resume=options.resume)


def _window_parser() -> argparse.ArgumentParser:
    parser = _parser("outspoken", "Listen to long spoken audio by its outline; your place in it is never lost.")
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="recordings and folders to add; the first one starts where it was left; "
        "of a folder with several the first is only shown",
    )
    _add_data_dir(parser, None)
    parser.add_argument("--resume", action="store_true", help="without FILE: play the last recording on at once")
    parser.add_argument("--version", action="version", version=f"outspoken {__version__}")
    parser.usage = (
        "outspoken [--data-dir DIR] [--resume] [FILE ...]\n"
        "       outspoken outline SOURCE [--json]\n"
        "       outspoken export SOURCE --format FORMAT [--output FILE]\n"
        "       outspoken list [--json]\n"
        "       outspoken doctor [--json] [--repair]\n"
        "       outspoken backup FILE\n"
        "       outspoken restore FILE"
    )
    parser.epilog = (
        "Commands: `outline` prints the outline of a recording, `export` writes it for other programs, "
        "`list` prints every recording with its place, `doctor` checks all that is kept, `backup` and `restore` move "
        "a library to another computer; each has its own --help. "
        "A file with the name of a command is ./outline, ./list and so on."
    )
    return parser


def _parser(program: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=program, description=description, allow_abbrev=False)


def _add_data_dir(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        default=default,
        help="keep the library and everything else in DIR (also: OUTSPOKEN_DATA_DIR)",
    )


def _show_what_cannot_be_encoded() -> None:
    """A title in letters that the terminal does not know is shown with question marks, not answered with an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
