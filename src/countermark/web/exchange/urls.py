from django.urls import path

from countermark.web.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.home, name="home"),
    path("received/", views.received, name="received"),
    path("partners/", views.partners, name="partners"),
    path("sent/<uuid:message_id>/", views.sent_message, name="sent-message"),
    path("received/<uuid:message_id>/", views.received_message, name="received-message"),
    path("received/<uuid:message_id>/decide/", views.decide, name="decide"),
    path("pairing/", views.pairing, name="pairing"),
]
