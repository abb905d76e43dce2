"""Values and arithmetic of outlines and of listening. No Qt, disk, network, clock, threads or mutagen here."""
