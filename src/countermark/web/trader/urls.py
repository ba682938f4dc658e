from django.urls import path

from countermark.web.trader import links, offers, permissions, public

app_name = "trader"
urlpatterns = [
    path("l/<str:token>/", public.page, name="page"),
    path("l/<str:token>/licence/", public.licence, name="licence"),
    path("", permissions.permissions, name="list"),
    path("<int:pk>/", permissions.permission, name="permission"),
    path("<int:pk>/settle/", permissions.settle, name="settle"),
    path("<int:pk>/share/", permissions.share, name="share"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/accept/", offers.accept, name="accept"),
    path("offers/<int:pk>/decline/", offers.decline, name="decline"),
    path("hits/<str:number>/link/", links.make, name="link"),
    path("links/<int:pk>/close/", links.close, name="close"),
]
