"""The package of the workbook: ribbon, macros and sheets fit together; independent checkers have nothing to say."""

import posixpath
import re
import warnings
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from build_workbook import path
from kam_xl.functions import FUNCTIONS
from kam_xl.locale import LANGUAGES
from kam_xl.plan.commands import COMMANDS, GROUPS, TAB
from ribbon import NAMESPACE
from tests.workbook.vba import decode

EXTENSIBILITY = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
LONGEST = 1024  # characters of a label or a tip
# Of the schema's many attributes those that we use ([MS-CUSTOMUI2] 2.2).
KNOWN = {
    "customUI": {"onLoad"},
    "ribbon": set(),
    "tabs": set(),
    "tab": {"id", "label", "getVisible"},
    "group": {"id", "label"},
    "button": {"id", "tag", "label", "size", "imageMso", "screentip", "supertip", "onAction"},
}
SIGNATURES = {
    "onLoad": r"\(ribbon As IRibbonUI\)",
    "getVisible": r"\(control As IRibbonControl, ByRef visible\)",
    "onAction": r"\(control As IRibbonControl\)",
}


@pytest.fixture(scope="module", params=LANGUAGES)
def package(request):
    with ZipFile(path(request.param)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def ribbon(package):
    return list(ElementTree.fromstring(package["customUI/customUI14.xml"]).iter())


@pytest.fixture(scope="module")
def macros(package):
    return decode(package["xl/vbaProject.bin"])


def local(element):
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


# --- ribbon ----------------------------------------------------------------------------------------------------------


def test_the_ribbon_uses_attributes_that_its_schema_knows(ribbon):
    assert [
        (local(each), set(each.attrib) - KNOWN[local(each)]) for each in ribbon if set(each.attrib) - KNOWN[local(each)]
    ] == []


def test_ids_are_unique_and_are_no_ids_of_office(ribbon):
    ids = [each.get("id") for each in ribbon if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(
        re.fullmatch(rf"(?:tab|group|button)Kam\w*(?:{'|'.join(LANGUAGES)})", each, re.IGNORECASE) for each in ids
    )


def test_every_callback_is_a_procedure_with_the_signature_that_office_calls(ribbon, macros):
    sources = b"".join(macros.sources.values()).decode()
    called = {
        (each.get(kind), signature) for each in ribbon for kind, signature in SIGNATURES.items() if each.get(kind)
    }
    assert len(called) == 3
    assert [
        name for name, signature in called if not re.search(rf"^Public Sub {name}{signature}\r$", sources, re.M)
    ] == []


def test_each_language_has_its_tab_with_all_commands_in_their_groups(ribbon):
    tabs = [each for each in ribbon if local(each) == "tab"]
    for tab, lang in zip(tabs, LANGUAGES, strict=True):
        assert (tab.get("id"), tab.get("label")) == (f"tabKam{lang.title()}", TAB.render(lang))
        found = {group.get("label"): [button.get("tag") for button in group] for group in tab}
        assert found == {
            label.render(lang): [each.code for each in COMMANDS if each.group == group]
            for group, label in GROUPS.items()
        }


def test_labels_and_tips_are_in_the_language_and_not_too_long(ribbon):
    texts = [each.get(kind) for each in ribbon for kind in ("label", "screentip", "supertip") if each.get(kind)]
    assert max(map(len, texts)) <= LONGEST
    supertips = [each.get("supertip") for each in ribbon if each.get("id", "").endswith("Ru") and each.get("supertip")]
    assert all(re.search("[а-я]", each) for each in supertips)


def test_every_command_has_an_icon():
    assert [each.code for each in COMMANDS if not each.icon] == []


# --- macros ----------------------------------------------------------------------------------------------------------


def test_document_modules_are_the_code_names_of_the_book_and_of_all_sheets(package, macros):
    sheets = [name for name in package if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    named = [re.search(rb'<sheetPr codeName="(\w+)"', package[name])[1].decode() for name in sheets]
    named.append(re.search(rb'<workbookPr[^>]* codeName="(\w+)"', package["xl/workbook.xml"])[1].decode())
    assert sorted(named) == sorted(name for name, kind in macros.kinds.items() if kind == "Document")


def test_no_module_has_the_name_of_a_procedure(macros):
    sources = b"".join(macros.sources.values()).decode()
    procedures = set(re.findall(r"^\s*(?:Public |Private )?(?:Sub|Function) (\w+)", sources, re.M))
    assert procedures & set(macros.sources) == set()


def test_every_public_procedure_of_ours_is_there_once(macros):
    found = [
        name
        for module, source in macros.sources.items()
        if module.startswith("Kam")
        for name in re.findall(r"^Public (?:Sub|Function) (\w+)", source.decode(), re.M)
    ]
    assert len(found) == len(set(found))
    assert set(FUNCTIONS) <= set(found)


def test_names_that_macros_ask_for_are_names_of_the_book(package, macros):
    names = set(re.findall(r'<definedName name="(\w+)"', package["xl/workbook.xml"].decode()))
    ours = b"".join(source for name, source in macros.sources.items() if name.startswith(("Kam", "sh"))).decode()
    said = {f"kam_say_{each}" for each in re.findall(r'KamSay\("(\w+)"', ours)}
    asked = said | set(re.findall(r'(?:Names|KamCell|KamNote) ?\(?"(kam_\w+[a-z])"', ours)) | {"kam_check_installation"}
    assert len(asked) > 8
    assert asked <= names


def test_blocks_of_our_macros_are_closed(macros):
    """No compiler is at hand: what opens is counted against what closes."""
    for name, source in macros.sources.items():
        if name.startswith(("Kam", "sh", "This")):
            lines = [line.partition(" '")[0].strip() for line in source.decode().splitlines()]
            for opening, closing in (
                (r"(?:Public |Private )?(?:Sub|Function) \w+.*", r"End (?:Sub|Function)"),
                (r"If .* Then", "End If"),
                ("#If .* Then", "#End If"),
                ("Select Case .*", "End Select"),
                ("For .*", r"Next \w*"),
                ("Do(?: .*)?", "Loop"),
            ):
                count = [sum(bool(re.fullmatch(each, line)) for line in lines) for each in (opening, closing)]
                assert count[0] == count[1], (name, opening)


# --- package ---------------------------------------------------------------------------------------------------------


def test_the_ribbon_hangs_on_the_package(package):
    relations = ElementTree.fromstring(package["_rels/.rels"])
    assert [each.get("Target") for each in relations if each.get("Type") == EXTENSIBILITY] == [
        "customUI/customUI14.xml"
    ]


def test_every_relationship_leads_to_a_part_and_every_part_has_a_type(package):
    for name, data in package.items():
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        for each in ElementTree.fromstring(data):
            target = each.get("Target")
            found = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            assert each.get("TargetMode") == "External" or found in package
    types = ElementTree.fromstring(package["[Content_Types].xml"])
    defaults = {each.get("Extension") for each in types if each.get("Extension")}
    overrides = {each.get("PartName").lstrip("/") for each in types if each.get("PartName")}
    parts = set(package) - {"[Content_Types].xml"}
    assert overrides <= parts
    assert [name for name in parts - overrides if name.rpartition(".")[2] not in defaults] == []


def test_it_is_a_workbook_with_macros(package):
    assert b"application/vnd.ms-excel.sheet.macroEnabled.main+xml" in package["[Content_Types].xml"]
    assert b"application/vnd.ms-office.vbaProject" in package["[Content_Types].xml"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_openxml_audit_finds_no_error(lang):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from openxml_audit import OpenXmlValidator, ValidationSeverity

        found = OpenXmlValidator().validate(path(lang)).errors
    assert [each.description for each in found if each.severity == ValidationSeverity.ERROR] == []
