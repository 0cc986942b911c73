package orders.bootstrap.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import orders.application.dispatch.DispatchSettings;
import orders.application.dispatch.Dispatcher;
import orders.application.port.Orders;
import orders.application.port.Partners;
import orders.application.port.WorkQueue;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.CheckReadiness.Readiness;
import orders.domain.Step;
import orders.http.jetty.RequestMonitor;
import orders.postgres.CommitMonitor;
import orders.postgres.PostgresDatabase;

/// All figures of this process. Safe from any thread.
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EventMeters events = new EventMeters(registry);
  private final RequestMeters requests = new RequestMeters(registry);
  private final CommitMeters commits = new CommitMeters(registry);
  private volatile Optional<LiveFigures> live = Optional.empty();
  private Optional<JvmGcMetrics> collector = Optional.empty();
  private boolean jvmIsBound;

  public Metrics() {
    String version =
        Optional.ofNullable(Metrics.class.getPackage().getImplementationVersion())
            .orElse("unpackaged");
    Gauge.builder("orders.build.info", () -> 1)
        .description("Always 1; its labels say what is running")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
  }

  /// To be told of every answer.
  public RequestMonitor requests() {
    return requests;
  }

  /// To be told of shared commits.
  public CommitMonitor commits() {
    return commits;
  }

  /// The same orders, counted.
  public Orders count(Orders orders) {
    return new MeteredOrders(orders, events, registry);
  }

  /// The same queue, counted.
  public WorkQueue count(WorkQueue queue) {
    return new MeteredQueue(queue, events, registry);
  }

  /// The same partners, counted.
  public Partners count(Partners partners) {
    return new Partners(
        new MeteredPartner(partners.confirmation(), Step.CONFIRMATION, registry),
        new MeteredPartner(partners.payment(), Step.PAYMENT, registry),
        new MeteredPartner(partners.delivery(), Step.DELIVERY, registry));
  }

  /// Looks at these whenever it is asked. To be called once.
  public void watch(
      PostgresDatabase database,
      CheckReadiness readiness,
      Dispatcher dispatcher,
      DispatchSettings settings) {
    PoolMeters.bind(database.pools(), registry);
    DispatchMeters.bind(dispatcher, settings, registry);
    LiveFigures figures =
        new LiveFigures(
            () -> readiness.check() == Readiness.READY,
            database.liveOrders()::count,
            System::nanoTime);
    LiveMeters.bind(figures, registry);
    live = Optional.of(figures);
  }

  /// All figures in the text format of Prometheus. Never waits for the database longer than a
  /// moment.
  public String page() {
    bindJvm();
    live.ifPresent(LiveFigures::refresh);
    return registry.scrape();
  }

  /// Not before somebody looks: it would make every start longer.
  private synchronized void bindJvm() {
    if (!jvmIsBound) {
      jvmIsBound = true;
      new JvmMemoryMetrics().bindTo(registry);
      new JvmThreadMetrics().bindTo(registry);
      new ProcessorMetrics().bindTo(registry);
      new FileDescriptorMetrics().bindTo(registry);
      new UptimeMetrics().bindTo(registry);
      var gc = new JvmGcMetrics();
      gc.bindTo(registry);
      collector = Optional.of(gc);
    }
  }

  @Override
  public synchronized void close() {
    collector.ifPresent(JvmGcMetrics::close);
    registry.close();
  }
}
