"""The node-to-node address with handlers that a test hands in."""

from django.urls import path

from countermark.api.cmx.views import messages

SEEN: list[object] = []


def remember(*, administration, data, message_id):
    """Take effect by being remembered."""
    SEEN.append((administration.code, data["n"]))


urlpatterns = [path("cmx/v1/messages", messages, {"handlers": {"case.referral/1": remember}})]
