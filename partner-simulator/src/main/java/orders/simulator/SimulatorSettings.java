package orders.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How to run, from the environment; `README.md` lists the variables.
///
/// @param journal absent to remember in memory alone
/// @param secret absent to believe anybody
/// @param seed of all that happens at a rate
record SimulatorSettings(
    String host,
    int port,
    Optional<Path> journal,
    Optional<String> secret,
    long seed,
    Map<Step, Behaviour> behaviours) {

  private static final int MAX_PORT = 65_535;

  SimulatorSettings {
    behaviours = Map.copyOf(behaviours);
  }

  /// @throws BadRequest naming all that is wrong
  static SimulatorSettings read(Map<String, String> environment) throws BadRequest {
    List<String> problems = new ArrayList<>();
    Map<Step, Behaviour> behaviours = new EnumMap<>(Step.class);
    for (Step step : Step.values()) {
      behaviours.put(step, behaviour(step, environment, problems));
    }
    var settings =
        new SimulatorSettings(
            text(environment, "HOST").orElse("127.0.0.1"),
            (int) number(environment, "PORT", 8090, MAX_PORT, problems),
            text(environment, "JOURNAL").map(Path::of),
            text(environment, "SECRET"),
            number(environment, "SEED", 1, Long.MAX_VALUE, problems),
            behaviours);
    if (!problems.isEmpty()) {
      throw new BadRequest(String.join("\n", problems));
    }
    return settings;
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static long number(
      Map<String, String> environment,
      String name,
      long byDefault,
      long most,
      List<String> problems) {
    try {
      long number = text(environment, name).map(Long::parseLong).orElse(byDefault);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, with the range.
    }
    problems.add(name + " must be a whole number from 0 to " + most);
    return byDefault;
  }

  /// Each field has a variable: `PAYMENT_DECLINE_RATE` is payment's `decline_rate`.
  private static Behaviour behaviour(
      Step step, Map<String, String> environment, List<String> problems) {
    Behaviour behaviour = Behaviour.GOOD;
    for (var field : Json.tree(Behaviour.GOOD).properties()) {
      String name = (step.word() + "_" + field.getKey()).toUpperCase(Locale.ROOT);
      Optional<String> text = text(environment, name);
      try {
        if (text.isPresent()) {
          ObjectNode change = Json.object();
          Json.set(change, field.getKey(), text.get());
          behaviour = behaviour.with(change);
        }
      } catch (BadRequest e) {
        problems.add(name + ": " + e.getMessage());
      }
    }
    return behaviour;
  }
}
