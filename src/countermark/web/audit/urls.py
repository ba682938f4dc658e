from django.urls import path

from countermark.web.audit import views

app_name = "audit"
urlpatterns = [path("", views.log, name="list")]
