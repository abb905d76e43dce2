"""What can go wrong without being our fault. Every message is one sentence for the listener; bugs are not here."""


class OutspokenError(Exception):
    """Something the listener can be told in one sentence: ``str(error)`` is that sentence."""


class SourceError(OutspokenError):
    """A file or a text could not be read as what it should be."""


class MissingFileError(OutspokenError):
    """A file of the library is not where it was."""


class NoChaptersError(SourceError):
    """A source could be read as what it is, and there are no chapters in it."""


class NotAudioError(SourceError):
    """The bytes are not those of an audio container that may reach the sound."""


class ExportError(OutspokenError):
    """A file for other programs could not be written."""


class LibraryError(OutspokenError):
    """The library on disk could not be opened or written."""


class EditError(OutspokenError):
    """The outline cannot be changed in this way."""
