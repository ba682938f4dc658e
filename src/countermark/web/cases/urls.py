from django.urls import path

from countermark.web.cases import (
    goods_pages,
    goods_paste,
    money,
    opening,
    partners,
    sharing,
    views,
)

app_name = "cases"
urlpatterns = [
    path("", views.case_rows, name="list"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("new/", opening.new, name="new"),
    path("partners/", partners.partner_rows, name="partner-list"),
    path("partners/<int:pk>/", partners.partner_case, name="partner-detail"),
    path("partners/<int:pk>/link/", partners.link, name="partner-link"),
    path("files/<int:pk>/", views.download, name="file"),
    path("securities/", money.securities, name="securities"),
    path("securities/<str:number>/", money.security, name="security"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/act/", views.act, name="act"),
    path("<str:number>/notes/", views.note, name="note"),
    path("<str:number>/files/", views.attach, name="attach"),
    path("<str:number>/money/", money.case_money, name="money"),
    path("<str:number>/money/ask/", money.ask, name="ask"),
    path("<str:number>/money/costs/", money.cost, name="cost"),
    path("<str:number>/money/costs/<int:pk>/reverse/", money.reverse, name="cost-reverse"),
    path("<str:number>/goods/", goods_pages.grid, name="goods"),
    path("<str:number>/goods/paste/", goods_paste.paste, name="goods-paste"),
    path("<str:number>/goods/preview/", goods_paste.preview, name="goods-preview"),
    path("<str:number>/goods/rejects/", goods_paste.rejects, name="goods-rejects"),
    path("<str:number>/goods/export/", goods_pages.export, name="goods-export"),
    path("<str:number>/goods/withdraw/", goods_pages.withdraw, name="goods-withdraw"),
    path("<str:number>/goods/restore/", goods_pages.restore, name="goods-restore"),
    path("<str:number>/goods/<int:line_no>/", goods_pages.line, name="goods-line"),
    path("<str:number>/goods/<int:line_no>/split/", goods_pages.split, name="goods-split"),
    path("<str:number>/goods/<int:line_no>/clone/", goods_pages.clone, name="goods-clone"),
    path("<str:number>/share/", sharing.share, name="share"),
    path("<str:number>/contribute/", sharing.contribute, name="contribute"),
]
