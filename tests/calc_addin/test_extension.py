"""The extension as a file: the same bytes each time, complete, pure Python, in both languages."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

from kam_xl.calc_addin.configuration import PROTOCOL, add_in_info, add_ons, protocol_handler, window_state
from kam_xl.calc_addin.description import DESCRIPTIONS, description
from kam_xl.calc_addin.extension import LIBRARIES
from kam_xl.calc_addin.types import TABLES, identifier
from kam_xl.functions import FUNCTIONS
from kam_xl.install.calc import built as built_anew
from kam_xl.locale import LANGUAGES
from kam_xl.plan.commands import COMMANDS

OOR = "{http://openoffice.org/2001/registry}"


@pytest.fixture(scope="module")
def built():
    return built_anew()


@pytest.fixture(scope="module")
def archive(built):
    with zipfile.ZipFile(BytesIO(built)) as opened:
        yield opened


def values(text, name, lang):
    """All values of a property in a language, in order."""
    wanted = [prop for prop in ElementTree.fromstring(text).iter("prop") if prop.get(f"{OOR}name") == name]
    spoken = "{http://www.w3.org/XML/1998/namespace}lang"
    return [value.text for prop in wanted for value in prop if value.get(spoken) in (lang, None)]


def test_it_is_the_same_byte_for_byte(built):
    assert built_anew() == built


def test_it_holds_nothing_compiled(archive):
    endings = {PurePosixPath(name).suffix for name in archive.namelist()}
    assert endings <= {
        ".ini",
        ".py",
        ".mo",
        ".json",
        ".xlsx",
        ".xcu",
        ".xml",
        ".idl",
        ".png",
        ".txt",
        ".rst",
        ".python",
        ".md",
        ".markdown-it",
        "",
    }


def test_it_leaves_out_what_is_not_under_an_open_licence(archive):
    assert not [name for name in archive.namelist() if "xlwings/pro" in name or "PRO" in name]


def test_every_library_comes_with_its_licence(archive):
    names = archive.namelist()
    assert [any(name.startswith(f"licences/{library}/LIC") for name in names) for library in LIBRARIES] == [True] * len(
        LIBRARIES
    )


def test_the_manifest_registers_files_that_are_there(archive):
    listed = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
    paths = {entry.get("{http://openoffice.org/2001/manifest}full-path") for entry in listed}
    assert paths - set(archive.namelist()) == set()


def test_every_command_has_its_pictures(archive):
    wanted = {f"icons/{command.code}_{dots}.png" for command in COMMANDS for dots in (16, 26)}
    found = {name for name in archive.namelist() if name.startswith("icons/")}
    assert found == wanted, "pictures of commands stand in addins/calc/icons"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_wizard_explains_every_function_and_argument(lang):
    texts = [[each.text, *(argument.text for argument in each.arguments)] for each in FUNCTIONS.values()]
    assert values(add_in_info(FUNCTIONS.values()), "Description", lang) == [
        text.render(lang) for of_function in texts for text in of_function
    ]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_functions_bear_the_names_of_excel_in_every_language(lang):
    found = values(add_in_info(FUNCTIONS.values()), "CompatibilityName", lang)
    assert found == list(FUNCTIONS)


def test_no_two_functions_or_arguments_share_a_name_in_the_type_library():
    names = [identifier(name) for name in FUNCTIONS]
    arguments = [[identifier(each.name) for each in function.arguments] for function in FUNCTIONS.values()]
    assert len(set(names)) == len(names)
    assert all(len(set(of_function)) == len(of_function) for of_function in arguments)


def test_what_is_said_of_arguments_is_true_of_some():
    assert {argument.name for function in FUNCTIONS.values() for argument in function.arguments} >= TABLES


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_menu_and_toolbar_offer_every_command(lang):
    labels = [command.label.render(lang) for command in COMMANDS]
    titles = values(add_ons(), "Title", lang)
    assert (titles[1 : len(labels) + 1], titles[len(labels) + 1 :]) == (labels, labels)


def test_menu_and_toolbar_call_the_commands_by_their_codes():
    addresses = [url for url in values(add_ons(), "URL", "en") if url.startswith(PROTOCOL)]
    assert addresses[: len(COMMANDS)] == [PROTOCOL + command.code for command in COMMANDS]


@pytest.mark.parametrize("text", [protocol_handler(), window_state(), description("1.2.3")])
def test_the_other_files_are_well_formed(text):
    assert ElementTree.fromstring(text) is not None


def test_it_asks_for_the_office_that_it_needs():
    assert '<l:LibreOffice-minimal-version value="25.2"' in description("1.2.3")


def test_the_extension_manager_tells_what_it_is_in_each_language():
    assert sorted(DESCRIPTIONS) == sorted(f"about_{lang}.txt" for lang in LANGUAGES)
