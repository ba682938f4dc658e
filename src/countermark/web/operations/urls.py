from django.urls import path

from countermark.web.operations import acts, planning, views

app_name = "operations"
urlpatterns = [
    path("", views.operation_rows, name="list"),
    path("new/", planning.plan, name="new"),
    path("<slug:code>/", views.detail, name="detail"),
    path("<slug:code>/categories.csv", views.categories_csv, name="categories-csv"),
    path("<slug:code>/weeks.csv", views.weeks_csv, name="weeks-csv"),
    path("<slug:code>/agree/", acts.agree, name="agree"),
    path("<slug:code>/cases/", acts.contribute, name="contribute"),
    path("<slug:code>/cases/<str:number>/withdraw/", acts.withdraw, name="withdraw"),
    path("<slug:code>/result/", acts.state_result, name="result"),
    path("<slug:code>/close/", acts.close, name="close"),
]
