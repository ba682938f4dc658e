"""The API does what its schema says, for whatever may be asked, allowed by the schema or not."""

from __future__ import annotations

from collections import Counter

import pytest
import schemathesis
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from countermark.apps.operations.services import result_contribute

# Whether a session is asked for, test_v1 tests; that a period may be reversed, no schema can say.
OURS = [ignored_auth, positive_data_acceptance]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def api(agreed, opened, lin):
    """The schema as the node serves it, on a node that has something to show."""
    result_contribute(operation=agreed, case=opened(destination="HK"), by=lin)
    client = Client()
    client.force_login(lin)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    # The session is a real one and always sent; test_v1 asks every operation without one.
    schema.config.generation.update(with_security_parameters=False)
    return schema, {settings.SESSION_COOKIE_NAME: session}


def ask_all(operation, cookies, mode):
    """Ask one operation forty times; return the statuses and the codes of what it refused."""
    statuses, codes = Counter(), Counter()

    @hypothesis_settings(
        max_examples=40,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        database=None,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        answer = case.call_and_validate(cookies=cookies, excluded_checks=OURS)
        statuses[answer.status_code] += 1
        if answer.status_code >= 400:
            codes[answer.json()["code"]] += 1

    ask()
    return statuses, codes


def test_what_the_schema_allows_is_answered_and_never_called_malformed(api):
    schema, cookies = api
    for operation in (result.ok() for result in schema.get_all_operations()):
        statuses, codes = ask_all(operation, cookies, GenerationMode.POSITIVE)
        # The liaison officer may not try lines; test_trying asks as an analyst.
        assert set(statuses) <= {200, 404, 422} or operation.path.endswith("/try")
        assert set(codes) <= {
            *("case-unknown", "hit-unknown", "operation-unknown"),
            *("period-reversed", "not-permitted", "token-missing"),
        }


def test_what_the_schema_does_not_allow_is_refused_by_name(api):
    schema, cookies = api
    for operation in (result.ok() for result in schema.get_all_operations()):
        if operation.query or operation.path_parameters:
            statuses, _ = ask_all(operation, cookies, GenerationMode.NEGATIVE)
            assert statuses[422]
