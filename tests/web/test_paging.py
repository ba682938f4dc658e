"""Pages of long lists: every row once, in order, whichever way they are cut."""

from __future__ import annotations

import pytest
from django.core.paginator import EmptyPage
from tests.filing import account, file_in, holder_made

from countermark.apps.register.models import Recordation
from countermark.web.paging import KeyPaginator

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(hongkong, tuen_mun):
    owner, holder = account("o@x.example", tuen_mun), holder_made()
    for number in range(7):
        file_in("draft", administration=hongkong, holder=holder, by=owner, number=str(number))
    return Recordation.objects.select_related("applicant").order_by("-pk")


@pytest.mark.parametrize("searched", [True, False])
def test_every_row_stands_on_one_page_in_order(rows, searched):
    pages = KeyPaginator(rows, 3, whole=rows if searched else None)
    assert (pages.count, pages.num_pages) == (7, 3)
    shown = [row.pk for number in (1, 2, 3) for row in pages.page(number)]
    assert shown == list(rows.values_list("pk", flat=True))
    assert pages.get_page("99").number == 3
    with pytest.raises(EmptyPage):
        pages.page(4)


def test_a_page_reads_its_own_rows_only(rows, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(KeyPaginator(rows, 3).page(3).object_list) == 1
    with django_assert_num_queries(2):
        assert len(KeyPaginator(rows, 3, whole=rows).page(1).object_list) == 3


def test_an_empty_list_has_one_empty_page(db):
    page = KeyPaginator(Recordation.objects.order_by("pk"), 3).get_page(None)
    assert (list(page), page.paginator.count) == ([], 0)
