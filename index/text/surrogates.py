"""Half characters (pure): JSON and command lines can spell them, UTF-8 cannot."""

import re

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
