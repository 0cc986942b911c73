package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import orders.application.usecase.AwaitOrder;
import orders.application.usecase.CancelOrder;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.FindOrder;
import orders.application.usecase.ListOrders;
import orders.application.usecase.PlaceOrder;
import orders.application.usecase.ReadHistory;
import orders.application.usecase.RetryOrder;
import orders.http.HttpServer;
import orders.http.HttpSettings;
import orders.http.Observability;
import orders.http.UseCases;
import orders.http.access.Authentication;

/// The API over the use cases.
final class HttpModule extends AbstractModule {
  private final HttpSettings settings;

  HttpModule(HttpSettings settings) {
    this.settings = settings;
  }

  @Provides
  @Singleton
  HttpServer server(UseCases useCases, Observability observability) {
    return new HttpServer(useCases, Authentication.OFF, settings, observability);
  }

  @Provides
  UseCases useCases(
      PlaceOrder placeOrder,
      FindOrder findOrder,
      AwaitOrder awaitOrder,
      ListOrders listOrders,
      ReadHistory readHistory,
      CancelOrder cancelOrder,
      RetryOrder retryOrder,
      CheckReadiness checkReadiness) {
    return new UseCases(
        placeOrder,
        findOrder,
        awaitOrder,
        listOrders,
        readHistory,
        cancelOrder,
        retryOrder,
        checkReadiness);
  }
}
