"""The killable child in which untrusted bytes are parsed. Knows nothing of formats, nothing of Qt."""
