from django.urls import path
from tests.two_nodes.effects import HANDLERS

from countermark.api.cmx.views import messages

urlpatterns = [path("cmx/v1/messages", messages, {"handlers": HANDLERS})]
