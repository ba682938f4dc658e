from django.urls import path

from countermark.web.triage import views

app_name = "triage"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<str:number>/", views.hit, name="hit"),
    path("<str:number>/capsule", views.capsule, name="capsule"),
    path("<str:number>/decide", views.decide, name="decide"),
    path("<str:number>/undo", views.undo, name="undo"),
]
