"""The tests. Python may keep their bytecode, and that of the programs they start.

An environment that forbids it (images for containers do) has each of them compile it all again.
"""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
