package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.Optional;
import orders.application.usecase.AwaitOrder;
import orders.application.usecase.CancelOrder;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.FindOrder;
import orders.application.usecase.FollowEvents;
import orders.application.usecase.FollowOrder;
import orders.application.usecase.ListOrders;
import orders.application.usecase.PlaceOrder;
import orders.application.usecase.ReadHistory;
import orders.application.usecase.RetryOrder;
import orders.http.HttpServer;
import orders.http.HttpSettings;
import orders.http.Observability;
import orders.http.OwnAccounts;
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
  HttpServer server(UseCases useCases, Authentication authentication, Observability observability) {
    return new HttpServer(useCases, authentication, settings, observability);
  }

  @Provides
  UseCases useCases(
      PlaceOrder placeOrder,
      FindOrder findOrder,
      AwaitOrder awaitOrder,
      ListOrders listOrders,
      ReadHistory readHistory,
      FollowOrder followOrder,
      FollowEvents followEvents,
      CancelOrder cancelOrder,
      RetryOrder retryOrder,
      CheckReadiness checkReadiness,
      Optional<OwnAccounts> accounts) {
    return new UseCases(
        placeOrder,
        findOrder,
        awaitOrder,
        listOrders,
        readHistory,
        followOrder,
        followEvents,
        cancelOrder,
        retryOrder,
        checkReadiness,
        accounts);
  }
}
