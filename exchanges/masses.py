"""The decayed sums of every relationship in one set-wise statement, the same on both databases.

`value_of` and `decay_of` say in SQL what `exchanges.points` and `exchanges.decay` say in Python; tests hold them
together.
"""

from datetime import date
from typing import Any, Final

from django.db.models import Case, DateField, Expression, F, FloatField, Func, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Ln, Power

from exchanges.decay import CUT_OFF_HALF_LIVES
from exchanges.models import Exchange
from exchanges.parameters import Parameters
from exchanges.points import BUSINESS, WEIGHT_HIGHEST, WEIGHT_LOWEST

LN_10: Final = 2.302585092994046


class DaysBetween(Func):
    """Whole days between two dates, as a double: PostgreSQL is five times slower with a numeric exponent."""

    output_field = FloatField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "((%(expressions)s)::double precision)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        since, until = self.copy().get_source_expressions()
        days = [Func(day, function="julianday", output_field=FloatField()) for day in (since, until)]
        return compiler.compile(days[0] - days[1])


def decay_of(column: str, *, on: date, half_life: float) -> Expression:
    """2^(−age/H), and exactly 0 beyond the cut-off, where PostgreSQL would raise an underflow."""
    age = DaysBetween(Value(on, DateField()), F(column))
    fresh = Q(**{f"{column}__gte": _days_before(on, CUT_OFF_HALF_LIVES * half_life)})
    return Case(When(fresh, then=Power(Value(2.0), -age / Value(half_life))), default=Value(0.0))


def _days_before(on: date, days: float) -> date:
    return date.fromordinal(max(1, on.toordinal() - int(days)))


def value_of(parameters: Parameters) -> Expression:
    """share·κ·w·g, w clamped, g only for business done with an amount."""
    weight = Case(
        When(weight__lt=WEIGHT_LOWEST, then=Value(WEIGHT_LOWEST)),
        When(weight__gt=WEIGHT_HIGHEST, then=Value(WEIGHT_HIGHEST)),
        default=Cast("weight", FloatField()),
    )
    amount = Cast("amount", FloatField()) / Value(parameters.money_reference)
    paid = Q(kind=BUSINESS, amount__gt=0)
    gain = Case(When(paid, then=1.0 + Ln(1.0 + amount) / Value(LN_10)), default=Value(1.0))
    factors = [When(kind=kind, then=Value(factor)) for kind, factor in parameters.kind_factors if factor != 1.0]
    value = F("share") * weight * gain
    return value * Case(*factors, default=Value(1.0)) if factors else value


def masses(exchanges: QuerySet[Exchange], *, on: date, parameters: Parameters) -> QuerySet[Exchange, Any]:
    """(contact, G, R, Q) for each contact of `exchanges` with something that counts on that day."""
    counted = exchanges.filter(effective_on__lte=on, solidarity=False).order_by()
    each = counted.annotate(
        value=value_of(parameters),
        points=F("value") * decay_of("effective_on", on=on, half_life=parameters.half_life_exchanges),
    )
    given = Q(direction=Exchange.Direction.GIVEN)
    return (
        each.values("contact")
        .annotate(
            given=Sum(Case(When(given, then=F("points")), default=Value(0.0))),
            received=Sum(Case(When(given, then=Value(0.0)), default=F("points"))),
            squares=Sum(F("value") * F("points")),
        )
        .values_list("contact", "given", "received", "squares")
    )
