package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import orders.application.port.Partners;
import orders.partners.SimulatedPartner;

/// The partner behind each step.
final class PartnersModule extends AbstractModule {
  private final PartnerSettings settings;

  PartnersModule(PartnerSettings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  Partners partners() {
    return new Partners(
        new SimulatedPartner(settings.confirmation()),
        new SimulatedPartner(settings.payment()),
        new SimulatedPartner(settings.delivery()));
  }
}
