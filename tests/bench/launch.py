"""Serve one script through the launcher on a free port: `python -m tests.bench.launch SCRIPT`."""

import sys
from pathlib import Path

from components.server import create_app, serve

if __name__ == "__main__":
    serve(create_app(Path(sys.argv[1]).resolve()), port=0)
