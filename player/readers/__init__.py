"""Outside bytes and text to core values, one file a format. No network, database or Qt here."""
