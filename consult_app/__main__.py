"""`python -m consult_app` is the same program as `consult-app`."""

import sys

from consult_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
