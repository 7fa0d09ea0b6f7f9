"""Where the frozen program starts."""

import sys

from layerhold.__main__ import main

sys.exit(main())
