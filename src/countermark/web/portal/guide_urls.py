"""Addresses of the portal's guides and examiners; ``urls`` takes them in."""

from django.urls import path

from countermark.web.portal import examiners, guides

urlpatterns = [
    path("guides/", guides.guides, name="guides"),
    path("guides/<int:pk>/", guides.guide, name="guide"),
    path("guides/<int:pk>/pictures/add", guides.picture_add, name="guide-picture-add"),
    path("guides/<int:pk>/copy", guides.copy, name="guide-copy"),
    path("guides/<int:pk>/report", guides.report, name="guide-report"),
    path("guides/<int:pk>/erase", guides.erase, name="guide-erase"),
    path("guides/<int:pk>/<slug:section>/", guides.section, name="guide-section"),
    path("pictures/<int:pk>/<int:width>/", guides.picture, name="picture"),
    path("examiners/", examiners.examiners, name="examiners"),
    path("examiners/new/", examiners.new, name="examiner-new"),
    path("examiners/<int:pk>/", examiners.examiner, name="examiner"),
    path("examiners/<int:pk>/end", examiners.end, name="examiner-end"),
]
