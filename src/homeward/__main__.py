"""`python -m homeward` is the `homeward` command."""

import sys

from homeward.config.cli import main

sys.exit(main())
