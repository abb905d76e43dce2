"""What the desktop around the window tells and may ask. Calls the session as a widget does; no widgets here."""
