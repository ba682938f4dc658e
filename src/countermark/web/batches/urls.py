from django.urls import path

from countermark.web.batches import views

app_name = "batches"
urlpatterns = [
    path("", views.batches, name="list"),
    path("new/", views.upload, name="new"),
    path("new/columns/", views.columns, name="columns"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/rejects", views.rejects, name="rejects"),
]
