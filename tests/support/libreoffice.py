"""LibreOffice as a person would use it on an exported workbook: opened with its password, its cells read.

Driven over UNO.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

_READ = """
import json, os, sys, time, uno
from com.sun.star.beans import PropertyValue
pipe, url = sys.argv[1:3]
password = sys.stdin.readline().rstrip("\\n")
resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(1000):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.1)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
options = [PropertyValue("Hidden", 0, True, 0)] + ([PropertyValue("Password", 0, password, 0)] if password else [])
try:
    document = desktop.loadComponentFromURL(url, "_blank", 0, tuple(options))
except Exception:
    document = None
if document is None:
    print("null")
else:
    sheet = document.Sheets.getByIndex(0)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
    print(json.dumps([[str(one) for one in row] for row in area.getDataArray()]))
    document.close(True)
sys.stdout.flush()
# The bridge to an office that is ending may take this process with it, after all is said.
os._exit(0)
"""


def read_workbook(path: Path, password: str) -> list[list[str]] | None:
    """The cells of a workbook's first sheet; None when LibreOffice cannot open it with this password."""
    home = Path(tempfile.mkdtemp(prefix="page-keys-office-"))
    pipe = f"page-keys-{home.name[-8:]}"
    office = subprocess.Popen(
        [
            "soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation={home.as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        said = subprocess.run(
            ["/usr/bin/python3", "-c", _READ, pipe, path.as_uri()],
            input=f"{password}\n",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert said.returncode == 0, said.stderr
        return json.loads(said.stdout)
    finally:
        subprocess.run(["pkill", "-KILL", "-f", f"UserInstallation={home.as_uri()}"], check=False)
        office.wait(10)
        shutil.rmtree(home, ignore_errors=True)
