from django.urls import path

from countermark.web.portal import (
    amend,
    check,
    elsewhere,
    file,
    gaps,
    holders,
    home,
    letters,
    licences,
    start,
    topics,
    uploads,
)
from countermark.web.portal.guide_urls import urlpatterns as guide_patterns

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("second-factor/", home.second_factor, name="second-factor"),
    path("holders/", holders.holders, name="holders"),
    path("holders/new/", holders.ask, name="holder-ask"),
    path("holders/<int:pk>/", holders.holder, name="holder"),
    path("files/new/", start.start, name="start"),
    path("files/<int:pk>/", file.file, name="file"),
    path("files/<int:pk>/topics/<slug:topic>/", topics.topic, name="topic"),
    path("files/<int:pk>/check/", check.check, name="check"),
    path("files/<int:pk>/filed/", check.filed, name="filed"),
    path("files/<int:pk>/change/", amend.amend, name="amend"),
    path("files/<int:pk>/acts/<slug:act>/", file.act, name="act"),
    path("files/<int:pk>/elsewhere/", elsewhere.elsewhere, name="file-elsewhere"),
    path("files/<int:pk>/correct/", elsewhere.correct, name="file-correct"),
    path("letters/language", letters.language, name="alarm-language"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("documents/<int:pk>/", uploads.document, name="document"),
    path("licences/", licences.licences, name="licences"),
    path("licences/<int:pk>/", licences.licence, name="licence"),
    *guide_patterns,
]
