"""What this engine does not do, said by name."""

from __future__ import annotations

from kam_xl.engines.gaps import Gaps
from kam_xl.locale import Text

_GAPS = Gaps(
    Text("the file engine does not support {what}", what=""),
    remedy=Text("Do this in Excel, or through xlwings' own engine on Windows or macOS."),
)
refuse, named_gaps = _GAPS.refuse, _GAPS.named
