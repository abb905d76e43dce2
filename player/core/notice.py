"""Remarks on what was read: nothing failed, but the listener or a script may want to know."""

from typing import NamedTuple


class Notice(NamedTuple):
    """One remark: ``code`` is stable, for scripts ("repeat-dropped"); ``message`` is one sentence for people."""

    code: str
    message: str
