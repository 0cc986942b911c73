package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.Optional;
import orders.application.dispatch.DispatchSettings;
import orders.application.dispatch.Dispatcher;
import orders.application.usecase.CheckReadiness;
import orders.bootstrap.metrics.Metrics;
import orders.http.MetricsToken;
import orders.http.Observability;
import orders.postgres.PostgresDatabase;

/// What operators see.
final class ObservabilityModule extends AbstractModule {
  private final DispatchSettings dispatch;
  private final Optional<MetricsToken> token;

  /// @param token what a scraper shows; absent if only operators may look
  ObservabilityModule(DispatchSettings dispatch, Optional<MetricsToken> token) {
    this.dispatch = dispatch;
    this.token = token;
  }

  @Override
  protected void configure() {
    bind(Metrics.class).toInstance(new Metrics());
  }

  @Provides
  @Singleton
  Observability observability(
      Metrics metrics, PostgresDatabase database, CheckReadiness readiness, Dispatcher dispatcher) {
    metrics.watch(database, readiness, dispatcher, dispatch);
    return new Observability(metrics.requests(), metrics::page, token);
  }
}
