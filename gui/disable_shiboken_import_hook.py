"""Takes PySide6's hook out of `import`; imported before anything else that imports.

The hook serves `from __feature__ import …`, which nothing here uses. For that it reads, decodes and keeps the source
of every module imported after PySide6 (shibokensupport/feature.py, feature_imported): a fifth of all time spent
importing, half of it in one piece without letting another thread run, and some 140,000 lines of text in memory.
"""

import builtins

import PySide6.QtCore  # noqa: F401  (puts the hook in)

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
