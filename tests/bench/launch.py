"""Serve one script through the launcher: `python -m tests.bench.launch SCRIPT`.

On the PORT of the environment, or a free one.
"""

import os
import sys
from pathlib import Path

from components.server import create_app, serve

if __name__ == "__main__":
    serve(create_app(Path(sys.argv[1]).resolve()), port=int(os.environ.get("PORT", "0")))
