"""Renew: what a fresh list did to the kept tokens: which changed, which are the same, and which Pages have gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gui.errors import JobContext
from gui.i18n import _, list_of, ngettext
from gui.services import formatting
from gui.services.end_login import note_login_works
from gui.services.explain import message
from gui.services.hand_over import PAGE_KINDS, USER_KINDS, tools_with_tokens
from gui.services.session import Session
from gui.services.states import outlasts, page_rows_now
from gui.values import Message, PageRow, StoredLogin

#: How many Pages are named in a sentence, and among the details.
_NAMED, _MOST_NAMED = 4, 60


@dataclass(frozen=True, slots=True)
class RenewalReport:
    """The kept rows after keeping, and names of Pages by what became of their tokens.

    `lost` came back without a token; `gone` are no longer listed; the tokens of `lasting` last longer than what came.
    All of these keep the token they had. `tools` have earlier tokens of the changed ones; with `has_other_login` they
    may have another login's.
    """

    rows: tuple[PageRow, ...]
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    has_other_login: bool = field(default=False, kw_only=True)

    @property
    def had_any(self) -> bool:
        """Whether there were tokens before to compare with."""
        return bool(self.changed or self.same or self.lost or self.gone or self.lasting)


def renewal_message(report: RenewalReport, renewing: bool) -> Message | None:
    """What became of the tokens, and as details of which Pages; None where there is nothing to tell."""
    if not report.had_any or not (renewing or report.new or report.gone or report.lost or report.lasting):
        return None
    text = " ".join(_counts(report))
    if renewing:
        kind = "renewed" if report.changed or report.new else "renewed_the_same" if report.same else "renewed_lasting"
        if (report.changed or report.new) and (report.same or report.lasting):
            kind = "renewed_some_same"
    else:
        kind = "list_refreshed"
    notice = message(f"{'renewed' if renewing else kind}_in_part" if report.gone or report.lost else kind, name=text)
    groups = (
        (_("Changed"), report.changed),
        (_("The same"), report.same),
        (_("New"), report.new),
        (_("The kept one lasts longer"), report.lasting),
        (_("Without a new token"), report.lost),
        (_("No longer listed"), report.gone),
    )
    return replace(
        notice, details=tuple((what, formatting.join_some(names, _MOST_NAMED)) for what, names in groups if names)
    )


def _counts(report: RenewalReport) -> Iterator[str]:
    """How many tokens became what, and which Pages are missing, a sentence each."""
    if report.changed:
        yield ngettext("{count} token changed.", "{count} tokens changed.", len(report.changed))
    if report.same:
        yield ngettext("{count} token is the same.", "{count} tokens are the same.", len(report.same))
    if report.new:
        yield ngettext("{count} token came new.", "{count} tokens came new.", len(report.new))
    if report.lasting:
        yield ngettext(
            "{count} token that came would end sooner, so the kept one stays.",
            "{count} tokens that came would end sooner, so the kept ones stay.",
            len(report.lasting),
        )
    if report.tools and report.has_other_login:
        yield _(
            "Tokens of these Pages are in {tools}: where they were this login’s, paste the new ones there.",
            tools=list_of(report.tools),
        )
    elif report.tools:
        yield _("Earlier tokens are in {tools}: paste the new ones there.", tools=list_of(report.tools))
    if report.gone:
        yield _("No longer listed: {names}.", names=formatting.join_some(report.gone, _NAMED))
    if report.lost:
        yield _("Without a new token: {names}.", names=formatting.join_some(report.lost, _NAMED))


def keep_listed_pages(
    session: Session, login: StoredLogin, rows: tuple[PageRow, ...], complete: bool, job: JobContext
) -> RenewalReport:
    """Keep fetched Pages and compare their tokens with those that were kept before.

    A Page that was kept and is not listed is named as gone only if the list was `complete`; its token stays,
    since it may still work, but needs the person.
    """
    vault = session.vault
    if complete:
        current = vault.stored_login(login.id) or login
        note_login_works(session, current)
    fingerprints_before, names = (
        vault.health_records.fingerprints(login),
        {row.page.id: row.page.display_name for row in vault.page_rows(login)},
    )
    kept_rows = {row.page.id: row for row in vault.page_rows(login)}
    lasting_ids = {
        row.page.id
        for row in rows
        if row.fresh is not None
        and row.page.id in kept_rows
        and outlasts(kept_rows[row.page.id], row.expires_at, session.now())
    }
    vault.keep_pages(login, [row for row in rows if row.page.id not in lasting_ids])
    listed_ids = {row.page.id for row in rows}
    gone_ids = [page_id for page_id in names if page_id not in listed_ids] if complete else []
    if gone_ids:
        vault.health_records.flag_pages(login, gone_ids, "page_no_longer_listed", session.now())
    key = vault.database.fingerprint_key()
    changed_names: list[str] = []
    changed_ids: list[str] = []
    same_names: list[str] = []
    new_names: list[str] = []
    lost_names: list[str] = []
    lasting_names: list[str] = []
    for row in rows:
        fingerprint_before = fingerprints_before.get(row.page.id)
        target_names: list[str] | None
        if row.page.id in lasting_ids:
            target_names = lasting_names
        elif row.fresh is None:
            target_names = lost_names if fingerprint_before else None
        elif fingerprint_before is None:
            target_names = new_names
        else:
            target_names = same_names if row.fresh.fingerprint(key) == fingerprint_before else changed_names
        if target_names is not None:
            target_names.append(row.page.display_name)
        if target_names is changed_names:
            changed_ids.append(row.page.id)
    name_lists = (
        sorted(group)
        for group in (
            changed_names,
            same_names,
            new_names,
            lost_names,
            [names[page_id] for page_id in gone_ids],
            lasting_names,
        )
    )
    current = vault.stored_login(login.id) or login
    report = RenewalReport(tuple(page_rows_now(session, current)), *(tuple(group) for group in name_lists))
    tools = tools_with_tokens(session, changed_ids, {*PAGE_KINDS, *USER_KINDS})
    changed = set(changed_ids) if tools else set()
    others = [one for one in vault.logins() if one.id != current.id] if changed else []
    has_other_login = any(row.page.id in changed for row in vault.page_rows(*others)) if others else False
    return replace(report, tools=tools, has_other_login=has_other_login)
