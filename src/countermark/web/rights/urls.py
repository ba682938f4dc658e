from django.urls import path

from countermark.web.portal import gaps
from countermark.web.rights import access, alarms, bulk, exports, files, imports, kinds, views
from countermark.web.rights.guide_urls import urlpatterns as guide_patterns

app_name = "rights"
urlpatterns = [
    path("", views.rights, name="list"),
    path("new/", views.add, name="new"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("files/", files.files, name="files"),
    path("files/selected/", bulk.confirm, name="bulk"),
    path("files/selected/do", bulk.do, name="bulk-do"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/act", files.act, name="act"),
    path("days/", alarms.alarms, name="alarms"),
    path("papers/<int:pk>/", files.document, name="document"),
    path("access/", access.accesses, name="accesses"),
    path("access/<int:pk>/", access.access, name="access"),
    path("access/<int:pk>/settle", access.settle, name="settle"),
    *guide_patterns,
    path("holders/<int:pk>/gaps/", gaps.gaps_of, name="gaps"),
    path("export/", exports.download, name="export"),
    path("import/", imports.upload, name="import"),
    path("import/rejects", imports.rejects, name="rejects"),
    path("import/<str:key>/", imports.preview, name="preview"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("<int:pk>/record", views.record, name="record"),
    path("<int:pk>/authorise", views.authorise, name="authorise"),
]
