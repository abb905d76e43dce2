"""Listening to one work: carries out what the rules of listening decide. No widgets, no SQL."""
