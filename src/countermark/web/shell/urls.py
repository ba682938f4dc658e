from django.urls import path

from countermark.web.shell import views

app_name = "shell"
urlpatterns = [path("shortcuts/", views.shortcuts, name="shortcuts")]
