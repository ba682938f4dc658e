from django.urls import path, register_converter

from countermark.web.figures import views


class ExportConverter:
    """The two forms in which figures are handed out besides the page."""

    regex = "json|csv"

    def to_python(self, value: str) -> str:
        """Return the form as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the form as it stands in the address."""
        return value


register_converter(ExportConverter, "export")

app_name = "figures"
urlpatterns = [
    path("", views.period, name="period"),
    path("period.<export:form>", views.period_export, name="period-export"),
    path("share/", views.share, name="share"),
    path("operations/<slug:code>/", views.operation, name="operation"),
    path("operations/<slug:code>.<export:form>", views.operation_export, name="operation-export"),
]
