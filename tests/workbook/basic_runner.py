"""Runs under the Python that has `uno`: VBA modules in LibreOffice, called from cells.

Reads {"profile", "modules": {name: source}, "formulas": [...]} as JSON from standard input, writes the text of the cell
of each formula; LibreOffice shows a true VBA error as "Error 2042".
"""

import json
import subprocess
import sys
import time

try:
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.connection import NoConnectException
except ImportError:  # where tests are collected
    uno = None


def connect(pipe):
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:  # noqa: PERF203 (it is waited for)
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def option(name, value):
    result = PropertyValue()
    result.Name, result.Value = name, value
    return result


def calculated(desktop, modules, formulas):
    options = (option("Hidden", True), option("MacroExecutionMode", 4))
    book = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, options)
    library = book.BasicLibraries.createLibrary("Standard")
    for name, source in modules.items():
        library.insertByName(name, "Option VBASupport 1\n" + source)
    cells = [book.Sheets.getByIndex(0).getCellByPosition(0, row) for row in range(len(formulas))]
    for cell, formula in zip(cells, formulas):  # noqa: B905 (the system's Python may be older)
        cell.setFormula(formula)
    texts = [cell.String for cell in cells]
    book.close(True)
    return texts


def main():
    given = json.load(sys.stdin)
    pipe = given["profile"].strip("/").replace("/", "_")
    command = ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{given['profile']}"]
    with subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL) as office:
        try:
            context = connect(pipe)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            json.dump(calculated(desktop, given["modules"], given["formulas"]), sys.stdout)
            desktop.terminate()
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                office.kill()


if __name__ == "__main__":
    main()
