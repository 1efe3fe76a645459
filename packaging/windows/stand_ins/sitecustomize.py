"""For Windows' Python under Wine only, never shipped: takes out what Wine 8 ends a program for."""

import _winapi
import os
import sys

# shutil then copies as it does without it.
if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
if os.environ.get("PAGE_KEYS_NO_WEB_VIEW"):
    # The web view ends the process. The program tells of an import that fails.
    sys.modules["PySide6.QtWebEngineCore"] = sys.modules["PySide6.QtWebEngineWidgets"] = None
