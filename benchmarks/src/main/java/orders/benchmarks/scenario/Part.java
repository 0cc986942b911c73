package orders.benchmarks.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What can be measured, each by itself, in the order in which it is.
public enum Part {
  PLACE,
  COMPLETE,
  DRAIN,
  LATENCY,
  PICKUP,
  SLOW_PARTNERS,
  SLOW_AND_IDLE,
  GROWTH,
  TWO_NODES,
  STARTUP;

  /// The names of all, as [RunSettings] reads them.
  static final String ALL =
      Arrays.stream(values()).map(Part::word).collect(Collectors.joining(","));

  /// Its name in settings and reports.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What is done, for the report.
  public String explanation() {
    return scenario().explanation();
  }

  public void run(Lab lab) throws Exception {
    scenario().run(lab);
  }

  private Scenario scenario() {
    return switch (this) {
      case PLACE -> new Place();
      case COMPLETE -> new Complete();
      case DRAIN -> new Drain();
      case LATENCY -> new Latency();
      case PICKUP -> new Pickup();
      case SLOW_PARTNERS -> new SlowPartners();
      case SLOW_AND_IDLE -> new SlowAndIdle();
      case GROWTH -> new Growth();
      case TWO_NODES -> new TwoNodes();
      case STARTUP -> new Startup();
    };
  }

  static Part named(String word) {
    return Arrays.stream(values())
        .filter(part -> part.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("PARTS are " + ALL + ", not " + word));
  }
}
