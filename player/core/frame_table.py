"""Where every frame of an MP3 lies: a value, made by ``readers.mp3_frames``, used for durations and exact seeking."""

from dataclasses import dataclass

DECODER_DELAY_SAMPLES = 529  # what every layer III decoder adds in front (528 + 1, as LAME counts it)


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

    @property
    def first_sample(self) -> int:
        """The first decoded sample that belongs to the recording.

        An encoder that tells its delay (LAME and those that copy it) means: drop that many samples and the decoder's
        own delay. Without it nothing is dropped, as every other player does, so that chapters agree with theirs.
        """
        return self.delay_samples + DECODER_DELAY_SAMPLES if self.delay_samples else 0

    @property
    def played_samples(self) -> int:
        """How many samples are heard: all frames without the encoder's delay and padding."""
        all_samples = self.frame_count * self.samples_per_frame
        dropped_at_end = max(0, self.padding_samples - DECODER_DELAY_SAMPLES) if self.delay_samples else 0
        return max(0, all_samples - self.first_sample - dropped_at_end)

    @property
    def duration_ms(self) -> int:
        """The exact length in milliseconds, rounded up so that no sound lies beyond it."""
        return -(-self.played_samples * 1000 // self.sample_rate)
