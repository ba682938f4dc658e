from __future__ import annotations

import json
import ssl
import threading
from datetime import UTC, datetime, timedelta
from io import StringIO

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from tests.apps.exchange import urls
from tests.apps.exchange.partner import Guangdong

from countermark.api.cmx import views
from countermark.apps.exchange import worker
from countermark.apps.exchange.checks import durability_faults
from countermark.apps.exchange.models import InboxMessage, OutboxMessage, Partner, WireReject
from countermark.apps.exchange.services import pairing_bundle
from countermark.apps.exchange.transport import HttpsTransport, Unreachable
from countermark.domain.envelopes.batch import MAX_BATCH_BYTES
from countermark.domain.envelopes.keys import KeyUse

ADDRESS = "/cmx/v1/messages"


@pytest.fixture
def node(paired, settings, client):
    """Hong Kong's node at its address."""
    settings.ROOT_URLCONF = "tests.apps.exchange.urls"
    settings.COUNTERMARK_BASE_URL = "http://127.0.0.1:8000"
    urls.SEEN.clear()

    def post(request, **changes):
        headers = {name: value for name, value in request.headers.items() if name != "Content-Type"}
        return client.post(
            changes.pop("path", ADDRESS),
            data=changes.pop("body", request.body),
            content_type="application/json",
            headers=headers | changes,
        )

    return post


def test_a_signed_batch_is_answered_with_receipts(node, gd):
    response = node(gd.request(gd.batch(gd.says(gd.lane))))
    assert response.status_code == 200
    assert [r.outcome for r in gd.receipts(response.content, 1)[0]] == ["received", "applied"]
    assert urls.SEEN == [("cn-gd", 1)]
    assert not response.cookies


def test_a_request_replayed_within_the_window_gets_the_same_receipts(node, gd):
    request = gd.request(gd.batch(gd.says(gd.lane)))
    first, again = (json.loads(node(request).content)["results"] for _ in range(2))
    assert first == again
    assert len(urls.SEEN) == 1


def refused(response, gd, status=401, code="request-signature-bad"):
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert urls.SEEN == []
    assert not InboxMessage.objects.exists()
    assert WireReject.objects.get().reason == code


def test_an_unsigned_request_is_refused(node, gd):
    request = gd.request(gd.batch(gd.says(gd.lane)))
    request.headers.clear()
    refused(node(request), gd)


def test_a_body_that_was_changed_is_refused(node, gd):
    request = gd.request(gd.batch(gd.says(gd.lane)))
    refused(node(request, body=gd.batch(gd.says(gd.lane))), gd)


def test_a_changed_body_with_its_own_digest_is_refused(node, gd):
    request, other = (gd.request(gd.batch(gd.says(gd.lane))) for _ in range(2))
    digest = {"Content-Digest": other.headers["Content-Digest"]}
    refused(node(request, body=other.body, **digest), gd)


def test_a_request_for_another_address_is_refused(node, gd):
    request = gd.request(gd.batch(gd.says(gd.lane)), url="http://127.0.0.1:9000" + ADDRESS)
    refused(node(request), gd)


def test_a_request_signed_by_another_key_is_refused(node, gd):
    mallory = Guangdong(keys=dict(gd.keys) | {KeyUse.TRANSPORT: gd.keys[KeyUse.SIGN]})
    refused(node(mallory.request(gd.batch(gd.says(gd.lane)))), gd)


@pytest.mark.parametrize("days", [3, -3])
def test_a_request_of_another_time_learns_ours(node, gd, days):
    created = datetime.now(UTC) + timedelta(days=days)
    response = node(gd.request(gd.batch(gd.says(gd.lane)), created=created))
    refused(response, gd, code="clock-skew")
    told = datetime.fromisoformat(response.json()["time"])
    assert abs((told - datetime.now(UTC)).total_seconds()) < 60


def test_a_signature_without_a_time_is_refused(node, gd):
    request = gd.request(gd.batch(gd.says(gd.lane)))
    field = request.headers["Signature-Input"]
    created = next(part for part in field.split(";") if part.startswith("created"))
    request.headers["Signature-Input"] = field.replace(f";{created}", "")
    refused(node(request), gd)


def test_a_stranger_is_refused(node, gd):
    stranger = Guangdong(node="mo")
    refused(node(stranger.request(stranger.batch(gd.says(gd.lane)))), gd, code="partner-unknown")


def test_a_body_that_is_no_batch_is_refused(node, gd):
    refused(node(gd.request(b"{}")), gd, 400, "batch-malformed")


def test_a_batch_that_is_too_large_is_refused(node, gd):
    refused(node(gd.request(b" " * (MAX_BATCH_BYTES + 1))), gd, 413, "batch-too-large")


def test_only_posting_is_known(node, client):
    assert client.get(ADDRESS).status_code == 405


def test_a_locked_database_asks_the_partner_to_come_again(node, gd, monkeypatch):
    def locked(**context):
        raise OperationalError("database is locked")

    monkeypatch.setattr(views, "request_admit", locked)
    response = node(gd.request(b"{}"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_a_partner_that_speaks_is_tried_at_once(node, gd, paired):
    Partner.objects.update(failures=9, next_contact_at=datetime.now(UTC) + timedelta(minutes=15))
    node(gd.request(gd.batch(gd.says(gd.lane))))
    assert Partner.objects.get().next_contact_at <= datetime.now(UTC)


def test_a_new_transport_key_arrives_with_the_request_that_needs_it(node, gd):
    gd.rotate(KeyUse.TRANSPORT)
    assert node(gd.request(gd.batch(gd.says(gd.lane)))).status_code == 200


# The transport ----------------------------------------------------------------------------------


def https_answering(handle):
    transport = HttpsTransport()
    transport._client = httpx.Client(transport=httpx.MockTransport(handle))
    return transport


def test_the_transport_brings_back_status_and_body(gd):
    transport = https_answering(lambda request: httpx.Response(202, content=request.content))
    answer = transport.post(gd.request_to("http://x.example"))
    assert (answer.status, answer.body) == (202, b"{}")
    transport.close()


def test_the_transport_speaks_tls_1_3_follows_nothing_and_trusts_no_environment():
    client = HttpsTransport()._client
    pool = client._transport._pool
    assert pool._ssl_context.minimum_version is ssl.TLSVersion.TLSv1_3
    assert (client.follow_redirects, client.trust_env) == (False, False)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (httpx.ConnectError("x"), "no-connection"),
        (httpx.ConnectTimeout("x"), "no-connection"),
        (httpx.ReadTimeout("x"), "no-answer"),
        (httpx.RemoteProtocolError("x"), "no-answer"),
    ],
)
def test_every_kind_of_silence_has_its_name(gd, trouble, code):
    def fail(request):
        raise trouble

    with pytest.raises(Unreachable, match=code):
        https_answering(fail).post(gd.request_to("http://x.example"))


def test_an_answer_without_end_is_cut_off(gd):
    endless = httpx.Response(200, content=b"x" * (MAX_BATCH_BYTES + 1))
    with pytest.raises(Unreachable, match="answer-too-large"):
        https_answering(lambda request: endless).post(gd.request_to("http://x.example"))


# The commands -----------------------------------------------------------------------------------


@pytest.fixture
def post_office(gd, monkeypatch):
    """The worker's loop, with Guangdong for a network."""
    monkeypatch.setattr(worker, "HttpsTransport", lambda: gd)
    # A test's own transaction would look to Django like a connection gone bad.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    return gd


def test_the_worker_delivers_until_everything_is_settled(send, post_office):
    rows = [send(), send()]
    out = StringIO()
    call_command("exchange_worker", "--until-idle", "--poll-seconds=0", stdout=out)
    assert out.getvalue().split() == ["sent", "2", "settled", "2"]
    assert {*OutboxMessage.objects.values_list("state", flat=True)} == {"applied"}
    assert len(rows) == 2


def test_the_worker_takes_one_round_when_asked(send, post_office):
    post_office.away = True
    send()
    out = StringIO()
    call_command("exchange_worker", "--once", stdout=out)
    assert out.getvalue().split() == ["sent", "1", "settled", "0"]


def test_the_worker_waits_out_a_database_that_is_away(db, post_office, monkeypatch, caplog):
    def away(**context):
        raise OperationalError("canary-7f3a")

    monkeypatch.setattr(worker, "outbox_deliver_due", away)
    stop = threading.Event()
    worker.exchange_work(stop=stop, poll_s=0, once=True)
    assert "OperationalError" in caplog.text
    assert "canary" not in caplog.text


def test_the_worker_refuses_a_database_that_could_lose_a_receipt(db, monkeypatch):
    assert durability_faults() == []
    monkeypatch.setattr(
        "countermark.cli.management.commands.exchange_worker.durability_faults",
        lambda: ["fsync is off"],
    )
    with pytest.raises(CommandError, match="fsync is off"):
        call_command("exchange_worker", "--once")


def test_a_weaker_synchronisation_is_found_out(db):
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        assert durability_faults() == ["synchronous_commit is off"]


def test_two_commands_pair_two_nodes(gd, lin, guangdong, tmp_path):
    out = StringIO()
    call_command("exchange_bundle", stdout=out)
    assert json.loads(out.getvalue())["words"] == pairing_bundle()["words"]
    file = tmp_path / "gd.json"
    file.write_text(json.dumps({"bundle": gd.bundle}), encoding="utf-8")
    out = StringIO()
    call_command("exchange_pair", str(file), fingerprint=gd.words, officer="lin", stdout=out)
    assert out.getvalue().split() == ["paired", "cn-gd", "http://127.0.0.1:8801"]
    with pytest.raises(CommandError, match="fingerprint-differs"):
        call_command("exchange_pair", str(file), fingerprint="wrong", officer="lin")
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="no pairing bundle"):
        call_command("exchange_pair", str(file), fingerprint=gd.words, officer="lin")
