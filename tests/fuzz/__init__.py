"""Fuzzing by name, for minutes or hours; never part of the tests."""
