package orders.bootstrap;

import java.time.Duration;
import orders.partners.SimulatedPartner.Behaviour;

/// How the simulated partners behave.
record PartnerSettings(Behaviour confirmation, Behaviour payment, Behaviour delivery) {
  private static final int HOUR_MS = 3_600_000;

  static PartnerSettings read(SettingsReader reader) {
    if (!reader.text("partners").equals("simulated")) {
      reader.problem("partners", "must be simulated");
    }
    double declineRate = reader.rate("simulated-decline-rate");
    double errorRate = reader.rate("simulated-error-rate");
    Duration confirmation = reader.millis("simulated-confirmation-ms", 0, HOUR_MS);
    Duration payment = reader.millis("simulated-payment-ms", 0, HOUR_MS);
    Duration delivery = reader.millis("simulated-delivery-ms", 0, HOUR_MS);
    return new PartnerSettings(
        new Behaviour(confirmation, declineRate, errorRate),
        new Behaviour(payment, declineRate, errorRate),
        new Behaviour(delivery, declineRate, errorRate));
  }
}
