"""Signed pages and photographs that come as files: told apart by their content."""

MOST_BYTES = 10 * 1024 * 1024
_STARTS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


def scan_type(content: bytes) -> str | None:
    """The media type of a PDF, JPEG or PNG; None for anything else, whatever its name."""
    for start, media_type in _STARTS.items():
        if content.startswith(start):
            return media_type
    return None
