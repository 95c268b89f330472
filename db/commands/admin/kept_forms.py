"""What somebody has typed into a long form and not sent: their own, until it is sent or dropped."""

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import col, delete

from db.models import KeptForm
from db.rules.access import Action
from db.unit_of_work import writing

LARGEST = 200_000
"""Characters; a form that holds more is kept by the page alone."""


def keep(form: str, content: Mapping[str, Any], actor: str) -> None:
    """Keep what the fields hold; nothing worth keeping drops what was kept."""
    if len(json.dumps(content)) > LARGEST:
        return
    with writing(actor, Action.SEE_OWN_ACCOUNT) as work:
        kept = work.session.get(KeptForm, (work.account_id, form)) or KeptForm(
            account_id=work.account_id, form=form, content={}, updated_at=work.now
        )
        kept.content, kept.updated_at = dict(content), work.now
        work.session.add(kept)


def drop(form: str, actor: str) -> None:
    """The form was sent, or is not wanted any more."""
    with writing(actor, Action.SEE_OWN_ACCOUNT) as work:
        work.session.connection().execute(
            delete(KeptForm).where(
                col(KeptForm.account_id) == work.account_id, col(KeptForm.form) == form
            )
        )
