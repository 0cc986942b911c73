package orders.domain;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An exact amount in the smallest unit of its currency (cents of a dollar).
///
/// Arithmetic never wraps and never rounds: what does not fit in a `long` is absent, and the caller
/// must say what that means.
public record Money(long minorUnits, Currency currency) {
  private static final Map<String, Currency> CURRENCIES =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

  public Money {
    if (minorUnits < 0) {
      throw new IllegalArgumentException("an amount must not be negative, was " + minorUnits);
    }
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /// The currency of an ISO 4217 code in its upper-case form; empty for anything else, also for
  /// codes that have no minor unit to count in (`XXX`, `XAU`).
  public static Optional<Currency> parseCurrency(String code) {
    return Optional.ofNullable(CURRENCIES.get(code));
  }

  /// `quantity` times this, or empty on overflow.
  public Optional<Money> times(long quantity) {
    if (quantity < 0) {
      throw new IllegalArgumentException("a quantity must not be negative, was " + quantity);
    }
    if (Math.multiplyHigh(minorUnits, quantity) != 0 || minorUnits * quantity < 0) {
      return Optional.empty();
    }
    return Optional.of(new Money(minorUnits * quantity, currency));
  }

  /// The sum of both, or empty on overflow.
  ///
  /// @throws IllegalArgumentException if the currencies differ
  public Optional<Money> plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "cannot add " + other.currency + " to " + currency + " without a rate");
    }
    long sum = minorUnits + other.minorUnits;
    return sum < 0 ? Optional.empty() : Optional.of(new Money(sum, currency));
  }
}
