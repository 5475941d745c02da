"""What this engine does not do, said by name."""

from __future__ import annotations

from kam_xl.engines.gaps import Gaps
from kam_xl.locale import Text

_GAPS = Gaps(
    Text("the Calc engine does not support {what}", what=""),
    remedy=Text("Do this through LibreOffice's own object, which is the attribute api, or in Excel."),
)
refuse, named_gaps = _GAPS.refuse, _GAPS.named
