"""Start the program: `python main.py` is the same as `consult-app`."""

import sys

from consult_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
