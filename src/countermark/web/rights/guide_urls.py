"""Addresses of guides and examiners for officers; ``urls`` takes them in."""

from django.urls import path

from countermark.web.rights import dock, examiners, guides

urlpatterns = [
    path("guides/", guides.guides, name="guides"),
    path("pictures/<int:pk>/<int:width>/", dock.picture, name="picture"),
    path("examiners/", examiners.examiners, name="examiners"),
    path("examiners/<int:pk>/", examiners.examiner, name="examiner"),
    path("examiners/<int:pk>/end", examiners.end, name="examiner-end"),
    path("holders/<int:pk>/examiner/", examiners.new, name="examiner-new"),
    path("<int:pk>/dock/", dock.dock, name="dock"),
    path("<int:pk>/dock/save", dock.saved, name="dock-save"),
    path("<int:pk>/guide/", guides.guide, name="guide"),
    path("<int:pk>/guide/pictures/add", guides.picture, name="guide-picture-add"),
    path("<int:pk>/guide/copy", guides.copy, name="guide-copy"),
    path("<int:pk>/guide/report", guides.report, name="guide-report"),
    path("<int:pk>/guide/erase", guides.erase, name="guide-erase"),
    path("<int:pk>/guide/<slug:section>/", guides.section, name="guide-section"),
]
