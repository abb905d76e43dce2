"""Widgets, item models, delegates and actions. No SQL, no mutagen, no sound."""
