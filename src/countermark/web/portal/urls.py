from django.urls import path

from countermark.web.portal import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("second-factor/", home.second_factor, name="second-factor"),
]
