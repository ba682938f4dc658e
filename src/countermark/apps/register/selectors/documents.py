from __future__ import annotations

from typing import BinaryIO, cast

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from countermark.apps.accounts.models import Officer
from countermark.apps.register.models import Document
from countermark.apps.register.selectors.access import access_list, holders_of
from countermark.apps.register.selectors.permissions import permission_list
from countermark.apps.register.selectors.recordations import recordation_list
from countermark.domain.errors import NotFound


def document_get(*, pk: int, visible_to: Officer) -> Document:
    """Return a file that is still there, to those who may see what it belongs to.

    Raises:
        NotFound: There is no such file, or the account may not see it.
    """
    visible = Q(recordation__in=recordation_list(visible_to=visible_to).values("pk"))
    visible |= Q(access__in=access_list(visible_to=visible_to).values("pk"))
    visible |= Q(permission__in=permission_list(visible_to=visible_to).values("pk"))
    if visible_to.may("rights.read"):
        visible |= Q(right__isnull=False)
    else:
        mine = holders_of(account=visible_to, on=timezone.localdate())
        visible |= Q(right__holder__in=mine)
    try:
        return Document.objects.filter(visible, removed_at__isnull=True).get(pk=pk)
    except Document.DoesNotExist:
        raise NotFound("document-unknown", pk=pk) from None


def document_open(document: Document) -> BinaryIO:
    """Return the stored bytes of a file, opened for reading."""
    return cast(BinaryIO, default_storage.open(document.stored, "rb"))
