package orders.bootstrap;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import orders.domain.Money;
import orders.postgres.DatabaseAddress;

/// Reads settings one by one and remembers what is wrong with each, so that all of it can be said
/// at once. A value that is wrong is replaced by one that is not, to let reading go on.
///
/// Problems quote the value that was found, except where it may hold a password.
final class SettingsReader {
  private final Config config;
  private final List<String> problems = new ArrayList<>();

  /// @param environment overrides the defaults in `reference.conf`
  SettingsReader(Map<String, String> environment) {
    Config defaults =
        ConfigFactory.parseResources(SettingsReader.class.getClassLoader(), "reference.conf");
    Map<String, String> overrides =
        defaults.root().keySet().stream()
            .filter(key -> !environment.getOrDefault(variable(key), "").isBlank())
            .collect(
                Collectors.toMap(
                    Function.identity(), key -> environment.getOrDefault(variable(key), "")));
    config = ConfigFactory.parseMap(overrides).withFallback(defaults);
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  String text(String key) {
    return config.getString(key).strip();
  }

  int integer(String key, int least, int most) {
    String text = text(key);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, with the range.
    }
    problem(key, "must be a whole number from " + least + " to " + most + ", not \"" + text + "\"");
    return least;
  }

  /// @param absent what an empty value stands for
  int integerOr(String key, int least, int most, int absent) {
    return text(key).isEmpty() ? absent : integer(key, least, most);
  }

  /// Empty for an empty value.
  OptionalInt integerIfSet(String key, int least, int most) {
    return text(key).isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer(key, least, most));
  }

  Duration seconds(String key, int least, int most) {
    return Duration.ofSeconds(integer(key, least, most));
  }

  Duration millis(String key, int least, int most) {
    return Duration.ofMillis(integer(key, least, most));
  }

  double rate(String key) {
    String text = text(key);
    try {
      double rate = Double.parseDouble(text);
      if (rate >= 0 && rate <= 1) {
        return rate;
      }
    } catch (NumberFormatException _) {
      // Said below, with the range.
    }
    problem(key, "must be a number from 0 to 1, not \"" + text + "\"");
    return 0;
  }

  Currency currency(String key) {
    Optional<Currency> currency = Money.parseCurrency(text(key));
    if (currency.isEmpty()) {
      problem(key, "must be a currency code of ISO 4217, not \"" + text(key) + "\"");
    }
    return currency.orElseGet(() -> Currency.getInstance("USD"));
  }

  Path path(String key) {
    try {
      return Path.of(text(key));
    } catch (InvalidPathException e) {
      problem(key, "must be a path: " + e.getReason());
      return Path.of("");
    }
  }

  Optional<DatabaseAddress> database(String key) {
    String url = text(key);
    Optional<DatabaseAddress> address = DatabaseAddress.parse(url);
    if (!url.isEmpty() && address.isEmpty()) {
      problem(key, "must be like postgresql://user:password@host:port/name");
    }
    return address;
  }

  /// @param parser tells all that is wrong to whom it is given, as the ends of sentences
  <T> T parsed(String key, BiFunction<String, Consumer<String>, T> parser) {
    return parser.apply(text(key), problem -> problem(key, problem));
  }

  /// @param problem the end of a sentence that begins with the variable's name
  void problem(String key, String problem) {
    problems.add(variable(key) + " " + problem);
  }

  void throwIfAnyProblem() throws InvalidSettings {
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }
}
