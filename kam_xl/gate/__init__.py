"""The gate: what a workbook file is, by its content, and whether it is safe to hand to a reader.

Readers believe what a file announces. A few kilobytes may announce four billion texts, a cell at the far end of a
sheet, or a chain of sectors that bites its own tail; the reader then asks for memory until the process dies, and no
`except` can catch that. So nothing reads a workbook before `admit` has passed it, and no sheet before `admit_sheet`.
"""

from __future__ import annotations

from kam_xl.gate.admission import Admission as Admission
from kam_xl.gate.admission import admit as admit
from kam_xl.gate.admission import admit_whole as admit_whole
from kam_xl.gate.kinds import FileKind as FileKind
from kam_xl.gate.kinds import kind_of as kind_of
from kam_xl.gate.limits import LIMITS as LIMITS
from kam_xl.gate.limits import ReadingLimits as ReadingLimits
from kam_xl.gate.name_lookup import holds_name as holds_name
from kam_xl.gate.name_lookup import times_named as times_named
