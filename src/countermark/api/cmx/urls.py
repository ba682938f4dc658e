"""The addresses that a partner's node calls."""

from django.urls import path

from countermark.api.cmx.views import messages
from countermark.workflows.admission import HANDLERS

urlpatterns = [path("v1/messages", messages, {"handlers": HANDLERS}, name="cmx-messages")]
