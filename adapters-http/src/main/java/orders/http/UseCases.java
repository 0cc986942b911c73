package orders.http;

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
    CheckReadiness checkReadiness) {}
