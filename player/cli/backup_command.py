"""``outspoken backup FILE`` and ``outspoken restore FILE``: a whole library in one file, and back, merged."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from player.core.errors import LibraryError
from player.library.backup import Restored, back_up, check, restore
from player.library.checkup import counted
from player.library.data_folder import data_folder
from player.library.library import Library


def run_backup(
    file: str,
    data_dir: str | None,
    *,
    environ: Mapping[str, str] = os.environ,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Write the library into the new ``file``; returns the exit code, 1 with one sentence on ``err``."""
    folder = data_folder(data_dir, environ).data

    def work() -> str:
        return f"{counted(back_up(folder, Path(file)), 'recording')} in {file}."

    return _run(work, out, err)


def run_restore(
    file: str,
    data_dir: str | None,
    *,
    environ: Mapping[str, str] = os.environ,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Put what ``file`` holds into the library; returns the exit code, 1 with one sentence on ``err``."""
    folder = data_folder(data_dir, environ).data

    def work() -> str:
        check(Path(file))
        with Library.open(folder) as library:
            return " ".join(_told(restore(library, Path(file)), file))

    return _run(work, out, err)


def _told(restored: Restored, file: str) -> list[str]:
    merged = restored.merged
    told = [
        f"{counted(restored.recordings, 'recording')} in {file}: {merged.episodes_added} new, "
        f"{counted(merged.places_taken, 'place')} taken from there."
    ]
    if merged.places_to_trail:
        told.append(f"{counted(merged.places_to_trail, 'other place')} kept in the trail.")
    if merged.lists_kept:
        told.append(
            f"{counted(merged.lists_kept, 'list')} of your own chapters kept beside a newer one: "
            "choose it with “Chapters from”."
        )
    if restored.missing:
        told.append(f"{counted(restored.missing, 'file')} missing on this computer: add from where they are here.")
    if restored.is_damaged:
        told.append("The backup is damaged: what could be read of it was restored.")
    return told


def _run(work: Callable[[], str], out: TextIO | None, err: TextIO | None) -> int:
    out, err = out or sys.stdout, err or sys.stderr
    try:
        print(_encodable(work(), out), file=out)
    except LibraryError as error:
        print(_encodable(str(error), err), file=err)
        return 1
    return 0


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
