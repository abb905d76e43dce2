"""The two ways to show a file to Qt: plainly, or through its sample table. Which one fits, and under which address."""

from pathlib import Path

from PySide6.QtCore import QUrl

from player.core.audio_source import AudioSource


def table_fits(source: AudioSource) -> bool:
    """Whether the sample table of ``source`` is of the bytes that are on disk now.

    A table shifted by some bytes plays rubbish while Qt reports that all is well, so the bytes themselves are asked.
    """
    if source.list_path is None or not source.sync_points:
        return False
    try:
        if Path(source.path).stat().st_size != source.file_size or not Path(source.list_path).is_file():
            return False
        with Path(source.path).open("rb", buffering=0) as file:
            for offset, expected in source.sync_points:
                file.seek(offset)
                if file.read(len(expected)) != expected:
                    return False
    except OSError:
        return False
    return True


def url_of(source: AudioSource, *, through_table: bool) -> QUrl:
    """The address to hand to Qt."""
    if through_table and source.list_path is not None:
        return QUrl(f"concatf:{Path(source.list_path).as_posix()}")
    return QUrl.fromLocalFile(str(Path(source.path).absolute()))
