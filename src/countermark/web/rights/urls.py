from django.urls import path

from countermark.web.rights import exports, imports, views

app_name = "rights"
urlpatterns = [
    path("", views.rights, name="list"),
    path("new/", views.add, name="new"),
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
