from django.urls import path

from countermark.web.cases import linking, opening, parties, partners, sharing, views

app_name = "cases"
urlpatterns = [
    path("", views.case_rows, name="list"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("new/", opening.new, name="new"),
    path("partners/", partners.partner_rows, name="partner-list"),
    path("partners/<int:pk>/", partners.partner_case, name="partner-detail"),
    path("partners/<int:pk>/link/", partners.link, name="partner-link"),
    path("files/<int:pk>/", views.download, name="file"),
    path("values/", linking.common_values, name="common-values"),
    path("values/<int:key>/", linking.value, name="value"),
    path("values/<int:key>/ignore/", linking.ignore, name="value-ignore"),
    path("values/ignored/<int:pk>/lift/", linking.lift, name="value-lift"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/act/", views.act, name="act"),
    path("<str:number>/notes/", views.note, name="note"),
    path("<str:number>/files/", views.attach, name="attach"),
    path("<str:number>/links/", linking.links, name="links"),
    path("<str:number>/links/judge/", linking.judge, name="judge"),
    path("<str:number>/parties/", parties.party, name="party-add"),
    path("<str:number>/details/", parties.detail, name="detail-add"),
    path("<str:number>/details/<int:pk>/remove/", parties.detail_remove, name="detail-remove"),
    path("<str:number>/transport/", parties.conveyance, name="conveyance-add"),
    path(
        "<str:number>/transport/<int:pk>/remove/",
        parties.conveyance_remove_page,
        name="conveyance-remove",
    ),
    path("<str:number>/share/", sharing.share, name="share"),
    path("<str:number>/contribute/", sharing.contribute, name="contribute"),
]
