"""Where every address begins."""

from django.urls import include, path

urlpatterns = [
    path("", include("countermark.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/", include("countermark.api.urls")),
    path("cmx/", include("countermark.api.cmx.urls")),
]
