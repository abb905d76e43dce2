"""Where every frame of an MP3 lies: a value, made by ``readers.mp3_frames``, used for durations and exact seeking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameTable:
    """The audio frames of one MP3, in playing order.

    ``sizes`` holds one unsigned 16-bit little-endian byte count a frame. ``runs`` holds (file offset in bytes, number
    of frames) of each contiguous stretch. ``delay_samples`` is the encoder's delay from the Xing/LAME header (0 when
    unknown), ``padding_samples`` what it added at the end. ``file_size`` and ``mtime_ns`` say which bytes this is of.
    """

    sample_rate: int
    samples_per_frame: int
    channels: int
    is_mpeg1: bool
    sizes: bytes
    runs: tuple[tuple[int, int], ...]
    delay_samples: int
    padding_samples: int
    file_size: int
    mtime_ns: int

    @property
    def frame_count(self) -> int:
        """How many audio frames there are."""
        return len(self.sizes) // 2
