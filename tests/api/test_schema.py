"""The API does what its schema says, for whatever the schema allows one to ask."""

from __future__ import annotations

import pytest
import schemathesis
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from countermark.apps.operations.services import result_contribute
from countermark.config.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def api(agreed, opened, lin):
    """The schema as the node serves it, on a node that has something to show."""
    result_contribute(operation=agreed, case=opened(destination="HK"), by=lin)
    client = Client()
    client.force_login(lin)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return schema, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}


def test_every_answer_is_one_that_the_schema_names(api):
    schema, headers = api
    for result in schema.get_all_operations():
        operation = result.ok()

        @hypothesis_settings(
            max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @operation.schema.parametrize()
        def ask(case):
            case.call_and_validate(headers=headers)
