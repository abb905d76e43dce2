"""Sound: QMediaPlayer wrapped once. No widgets, no library, no rules of listening."""
