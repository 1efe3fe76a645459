"""What every service works with: the Facebook to talk to, the vault to keep in, and the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gui.errors import JobContext
from gui.values import AppCredentials, Site, VersionDiffers

if TYPE_CHECKING:
    from pathlib import Path

    import requests

    from gui.graph.client import GraphClient
    from gui.vault.vault import Vault


@dataclass
class Session:
    """One Facebook and one vault. `open_vault` is called once, off the window's thread.

    `system_proxy` is the proxy that this computer's settings name for a URL.
    """

    site: Site
    open_vault: Callable[[], Vault]
    clock: Callable[[], float] = time.time
    system_proxy: Callable[[str], str] = lambda url: ""
    #: The Graph version that answered last, by the one asked for.
    versions_used: dict[str, str] = field(default_factory=dict)
    _vault: Vault | None = field(default=None, repr=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _http: requests.Session | None = field(default=None, repr=False)

    @property
    def vault(self) -> Vault:
        """The vault, opened at its first use. Raises VaultError."""
        with self._opening:
            if self._vault is None:
                self._vault = self.open_vault()
        return self._vault

    @property
    def folder(self) -> Path:
        """Where what is no secret is kept. Raises VaultError."""
        return self.vault.database.folder

    def client(self, app: AppCredentials, job: JobContext) -> GraphClient:
        """A client for one app's calls; all share one keep-alive session."""
        # The one door to `requests`: the first call opens it.
        from gui.graph.client import GraphClient, new_session

        if self._http is None:
            self._http = new_session(self.site)
        if self.site.is_facebook:
            # Each time: a notebook may stand in another network by now.
            self._http.proxies = self.proxies_for(self.site.graph_url)
        return GraphClient(
            self.site,
            app.version,
            app=app,
            session=self._http,
            job=job,
            note_version=lambda asked, used: self._note_version(asked, used, job),
        )

    def proxies_for(self, url: str) -> dict[str, str]:
        """The proxies for `url`, as requests takes them; none for a Facebook on this computer."""
        from gui.graph.client import proxies_for

        return proxies_for(url, self.system_proxy) if self.site.is_facebook else {}

    def _note_version(self, asked: str, used: str, job: JobContext) -> None:
        """Note which Graph version answered: another than was asked for is said once, and stands in Health."""
        if self.versions_used.get(asked) == used:
            return
        self.versions_used[asked] = used
        if used != asked:
            job.report(VersionDiffers(asked, used))

    def now(self) -> int:
        return int(self.clock())

    def close(self) -> None:
        if self._vault is not None:
            self._vault.close()
        if self._http is not None:
            self._http.close()
