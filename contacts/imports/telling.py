"""What an import says of itself, in the reader's language: its rows keep codes, never sentences."""

from django.utils import timezone

from contacts.imports.draft import Problem
from contacts.imports.reasons import Notice, Reason, Refusal, Refused, Remark
from contacts.models import Import, ImportLine


def problems_of(line: ImportLine) -> list[str]:
    return [str(Problem(field, Reason(code), excerpt)) for field, code, excerpt in line.problems]


def refusal_of(job: Import) -> str:
    """Why the whole file was refused; empty when it was not."""
    if not job.refusal:
        return ""
    return str(Refused(Refusal(job.refusal["code"]), line=job.refusal["line"], limit=job.refusal["limit"]))


def told_notices(job: Import) -> list[str]:
    return [str(Notice(Remark(remark), count)) for remark, count in job.notices]


def seconds_left(job: Import) -> int | None:
    """From the pace since the start; None before there is any."""
    if job.state != Import.State.ADMITTING or not job.seen or job.began_at is None:
        return None
    spent = (timezone.now() - job.began_at).total_seconds()
    return max(1, round(spent * (job.total - job.seen) / job.seen))
