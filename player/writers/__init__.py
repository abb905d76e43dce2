"""Chapters to text and tags for other programs, one file a format. Text formats know no disk; nothing here knows Qt."""
