from django.urls import path

from countermark.web.rules import hunts, marks, mutes, trying

app_name = "rules"
urlpatterns = [
    path("", marks.marks, name="list"),
    path("try/", trying.try_line, name="try"),
    path("mutes/", mutes.mutes, name="mutes"),
    path("mutes/<int:pk>/", mutes.detail, name="mute"),
    path("hunts/<int:pk>/", hunts.detail, name="hunt"),
    path("<int:pk>/", marks.mark, name="mark"),
    path("<int:pk>/mute/", mutes.add, name="mute_add"),
    path("<int:pk>/hunt/", hunts.ask, name="hunt_ask"),
]
