"""How a batch reaches a partner: HTTPS, no redirects, no more read than an answer may hold."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Protocol

import httpx

from countermark.apps.exchange.signatures import WireRequest
from countermark.domain.envelopes.batch import MAX_BATCH_BYTES

TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """What came back: the HTTP status and the body."""

    status: int
    body: bytes


class Unreachable(Exception):
    """No answer came; ``code`` says how: ``no-connection``, ``no-answer``, ``answer-too-large``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Transport(Protocol):
    """Anything that carries a signed request to a partner and brings back the answer."""

    def post(self, request: WireRequest) -> WireAnswer:
        """Send the request and return the answer.

        Raises:
            Unreachable: No answer came.
        """
        ...


class HttpsTransport:
    """Pushes batches over HTTP(S). TLS 1.3 where the address is https; redirects are not followed.

    Proxies and credentials of the environment are ignored: a batch goes to the partner's own
    address or nowhere.
    """

    def __init__(self) -> None:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        self._client = httpx.Client(
            verify=context, timeout=TIMEOUT_S, follow_redirects=False, trust_env=False
        )

    def post(self, request: WireRequest) -> WireAnswer:
        """Send the request and return the answer.

        Raises:
            Unreachable: No answer came.
        """
        try:
            with self._client.stream(
                request.method, request.url, headers=request.headers, content=request.body
            ) as response:
                return WireAnswer(response.status_code, _read(response))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Unreachable("no-connection") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable("no-answer") from error

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._client.close()


def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MAX_BATCH_BYTES:
            raise Unreachable("answer-too-large")
    return bytes(body)
