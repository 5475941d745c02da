"""What LibreOffice's extension manager shows."""

from __future__ import annotations

from kam_xl.calc_addin.types import MODULES
from kam_xl.locale import LANGUAGES, Text

IDENTIFIER = ".".join((*MODULES, "calc"))
MINIMUM = (25, 2)
"""The first LibreOffice that binds functions of files made for Excel to an extension, and writes their names back."""

_NAME = Text("kam_xl: key accounts")
_ABOUT = Text(
    "Key-account management in Calc: functions such as KAM_PENETRATION for your own cells, and a menu that builds a "
    "perspective plan for every key account from the client table. Formulas are those of the Excel workbook."
)

DESCRIPTIONS = {f"about_{lang}.txt": _ABOUT.render(lang) for lang in LANGUAGES}


def description(version: str) -> str:
    """description.xml."""
    minimum = ".".join(map(str, MINIMUM))
    office = f'<l:LibreOffice-minimal-version value="{minimum}" name="LibreOffice {minimum}"/>'
    names = "".join(f'<name lang="{lang}">{_NAME.render(lang)}</name>' for lang in LANGUAGES)
    abouts = "".join(f'<src lang="{lang}" xlink:href="about_{lang}.txt"/>' for lang in LANGUAGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:l="http://libreoffice.org/extensions/description/2011" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{version}"/>\n'
        f"<display-name>{names}</display-name>\n<extension-description>{abouts}</extension-description>\n"
        f"<dependencies>{office}</dependencies>\n"
        "</description>\n"
    )
