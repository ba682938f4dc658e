"""Values of goods: bases kept apart, totals, conversions and securities."""

from countermark.domain.valuation.rates import published_rate
from countermark.domain.valuation.security import SecurityBand, SecurityRule, security_quote
from countermark.domain.valuation.totals import ConvertedTotal, Valued, total_converted, totals

__all__ = [
    "ConvertedTotal",
    "SecurityBand",
    "SecurityRule",
    "Valued",
    "published_rate",
    "security_quote",
    "total_converted",
    "totals",
]
