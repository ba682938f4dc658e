from django.urls import path

from countermark.web.styleguide import views

app_name = "styleguide"
urlpatterns = [path("", views.styleguide, name="page")]
