package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import orders.application.port.Partner;
import orders.application.port.Partners;
import orders.bootstrap.metrics.Metrics;
import orders.partners.HttpPartner;
import orders.partners.SimulatedPartner;

/// The partner behind each step.
final class PartnersModule extends AbstractModule {
  private final PartnerSettings settings;

  PartnersModule(PartnerSettings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  Partners partners(Metrics metrics) {
    return metrics.count(partners());
  }

  private Partners partners() {
    return switch (settings) {
      case PartnerSettings.Simulated(var confirmation, var payment, var delivery) ->
          new Partners(
              new SimulatedPartner(confirmation),
              new SimulatedPartner(payment),
              new SimulatedPartner(delivery));
      case PartnerSettings.Http(var confirmation, var payment, var delivery, var timeout) ->
          new Partners(
              partner(confirmation, timeout),
              partner(payment, timeout),
              partner(delivery, timeout));
    };
  }

  private static Partner partner(PartnerSettings.Endpoint endpoint, Duration timeout) {
    return new HttpPartner(endpoint.address(), endpoint.secret(), timeout, InstantSource.system());
  }
}
