"""Everything Outspoken keeps on disk. No Qt, no widgets, no sound."""
