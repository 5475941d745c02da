"""The buttons of menu and toolbar: a command's address in, `kam_xl.buttons.press` with the book of its window.

Runs in LibreOffice's own Python. xlwings and the actions are imported at the first press of a button.
"""

import traceback

import uno
import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX
from com.sun.star.frame import FeatureStateEvent, XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

HANDLER, PROTOCOL = "org.kamxl.KamCommands", "org.kamxl:"
_HANDLER_SERVICE = "com.sun.star.frame.ProtocolHandler"
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_FILE = "File"  # the argument of a dispatch that names the file, where no person is to be asked


class KamCommands(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):
    """One for each window."""

    def __init__(self, context, *_):
        self._context, self._frame = context, None

    def initialize(self, arguments):
        self._frame = arguments[0] if arguments else None

    def queryDispatch(self, url, _target, _flags):  # noqa: N802 (names of the interfaces)
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):  # noqa: N802
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    def dispatch(self, url, arguments):
        """Press the button; nothing is ever raised out of here, because LibreOffice would show nothing of it."""
        try:
            self._press(url.Path, {each.Name: each.Value for each in arguments})
        except Exception:  # noqa: BLE001
            self._tell(traceback.format_exc(limit=-3))

    def _press(self, code, given):
        from kam_xl.buttons import COMMANDS, press
        from kam_xl.engines.calc import book_of

        document = self._document()
        asked = next((command.ask for command in COMMANDS if command.code == code), "")
        argument = given.get(_FILE) or (self._file() if asked == "file" else "")
        if asked and not argument:
            return  # the user closed the dialog
        press(code, argument, book_of(self._context, document))

    def _document(self):
        document = self._frame.getController().getModel() if self._frame else None
        return document if document is not None and document.supportsService(_SPREADSHEET) else None

    def _file(self):
        from kam_xl.buttons import FILE_TYPES

        create = self._context.ServiceManager.createInstanceWithContext
        picker = create("com.sun.star.ui.dialogs.FilePicker", self._context)
        picker.appendFilter(", ".join(FILE_TYPES), ";".join(f"*.{ending}" for ending in FILE_TYPES))
        return uno.fileUrlToSystemPath(picker.getSelectedFiles()[0]) if picker.execute() else ""

    def _tell(self, text):
        window = self._frame.getContainerWindow() if self._frame else None
        if window is not None:
            window.getToolkit().createMessageBox(window, ERRORBOX, 1, "kam_xl", text).execute()

    def addStatusListener(self, listener, url):  # noqa: N802
        listener.statusChanged(FeatureStateEvent(self, url, "", self._document() is not None, False, None))

    def removeStatusListener(self, _listener, _url):  # noqa: N802
        pass

    def getImplementationName(self):  # noqa: N802
        return HANDLER

    def supportsService(self, name):  # noqa: N802
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):  # noqa: N802
        return HANDLER, _HANDLER_SERVICE


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (LibreOffice looks for this name)
g_ImplementationHelper.addImplementation(KamCommands, HANDLER, (HANDLER, _HANDLER_SERVICE))
