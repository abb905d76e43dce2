"""What kinds of chapter sources are called, for people."""

from player.core.episode import own_number

_NAMES = {
    "id3": "ID3 chapters",
    "overdrive": "OverDrive markers",
    "chpl": "Nero chapters",
    "quicktime-track": "the chapter track",
    "vorbis-comment": "Vorbis comments",
    "cuesheet": "the cue sheet inside",
    "cuesheet-block": "the cue sheet inside",
    "matroska": "Matroska chapters",
    "cue": "a cue sheet",
    "ffmetadata": "FFmpeg metadata",
    "ogm": "OGM chapters",
    "mp4chaps": "mp4chaps text",
    "matroska-xml": "Matroska XML",
    "psc": "Podlove Simple Chapters",
    "audacity": "Audacity labels",
    "potplayer": "PotPlayer bookmarks",
    "audiobookshelf": "Audiobookshelf metadata",
    "audible": "Audible chapters",
    "audnexus": "Audnexus chapters",
    "yt-dlp": "yt-dlp metadata",
    "podlove-player": "Podlove player chapters",
    "podcast-json": "Podcasting 2.0 chapters",
    "ffprobe": "ffprobe chapters",
    "text": "text",
    "notes": "the show notes",
}


def source_name(source: str) -> str:
    """Words for the ``source`` of a ChapterList: "a cue sheet", and of one beside the sound "book.cue"."""
    if number := own_number(source):
        return "your own" if number == 1 else f"your own ({number})"
    kind, _, file = source.partition(":")
    return file or _NAMES.get(kind, kind)
