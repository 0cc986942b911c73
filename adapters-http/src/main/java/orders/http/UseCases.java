package orders.http;

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

/// All that can be asked of the system over HTTP.
///
/// @param accounts absent if it keeps none, and all tokens come from elsewhere
public record UseCases(
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
    Optional<OwnAccounts> accounts) {}
