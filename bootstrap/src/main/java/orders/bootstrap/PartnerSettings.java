package orders.bootstrap;

import java.time.Duration;
import java.util.Optional;
import orders.partners.PartnerAddress;
import orders.partners.SigningSecret;
import orders.partners.SimulatedPartner.Behaviour;

/// How the steps are done.
sealed interface PartnerSettings {
  /// By partners inside this process.
  record Simulated(Behaviour confirmation, Behaviour payment, Behaviour delivery)
      implements PartnerSettings {
    private static final int HOUR_MS = 3_600_000;

    private static Simulated read(SettingsReader reader) {
      double declineRate = reader.rate("simulated-decline-rate");
      double errorRate = reader.rate("simulated-error-rate");
      Duration confirmation = reader.millis("simulated-confirmation-ms", 0, HOUR_MS);
      Duration payment = reader.millis("simulated-payment-ms", 0, HOUR_MS);
      Duration delivery = reader.millis("simulated-delivery-ms", 0, HOUR_MS);
      return new Simulated(
          new Behaviour(confirmation, declineRate, errorRate),
          new Behaviour(payment, declineRate, errorRate),
          new Behaviour(delivery, declineRate, errorRate));
    }
  }

  /// By services of their own.
  ///
  /// @param timeout of a whole call
  record Http(Endpoint confirmation, Endpoint payment, Endpoint delivery, Duration timeout)
      implements PartnerSettings {
    private static Http read(SettingsReader reader, Duration timeout) {
      return new Http(
          Endpoint.read(reader, "confirmation"),
          Endpoint.read(reader, "payment"),
          Endpoint.read(reader, "delivery"),
          timeout);
    }
  }

  /// @param secret if absent, requests are not signed
  record Endpoint(PartnerAddress address, Optional<SigningSecret> secret) {
    private static Endpoint read(SettingsReader reader, String step) {
      String url = reader.text(step + "-url");
      Optional<PartnerAddress> address = PartnerAddress.parse(url);
      if (address.isEmpty()) {
        // Not quoted: it may hold a password.
        reader.problem(
            step + "-url",
            url.isEmpty()
                ? "must be set, since PARTNERS is http"
                : "must be like https://shop.example/"
                    + step
                    + ", without a user, a query or a fragment, its host without an underscore");
      }
      Optional<SigningSecret> secret =
          Optional.of(reader.text(step + "-secret"))
              .filter(text -> !text.isEmpty())
              .map(SigningSecret::new);
      return new Endpoint(address.orElseGet(Endpoint::standIn), secret);
    }

    private static PartnerAddress standIn() {
      return PartnerAddress.parse("http://localhost").orElseThrow();
    }
  }

  static PartnerSettings read(SettingsReader reader, Duration timeout) {
    return switch (reader.text("partners")) {
      case "simulated" -> Simulated.read(reader);
      case "http" -> Http.read(reader, timeout);
      default -> {
        reader.problem("partners", "must be simulated or http");
        yield Simulated.read(reader);
      }
    };
  }
}
