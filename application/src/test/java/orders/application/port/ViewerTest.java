package orders.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orders.application.contract.Purchases;
import orders.application.fake.InMemoryStore;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.Orders.HandOver;
import orders.application.usecase.FindOrder;
import orders.application.usecase.ListOrders;
import orders.application.usecase.ReadHistory;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What one may not see does not exist.
final class ViewerTest {
  private static final PlacedBy WEB = new PlacedBy("storefront:web");
  private static final PlacedBy APP = new PlacedBy("storefront:app");

  private final InMemoryStore store = new InMemoryStore();
  private OrderId own = new OrderId(UUID.randomUUID());
  private OrderId foreign = own;

  static List<Viewer> restricted() {
    return List.of(
        new Viewer.OfCustomer(new CustomerId("ada")),
        new Viewer.OfMerchant(new MerchantId("bakery")),
        new Viewer.OfPlacer(WEB));
  }

  @BeforeEach
  void place() {
    own = place("ada", "bakery", WEB);
    foreign = place("bob", "florist", APP);
  }

  private OrderId place(String customer, String merchant, PlacedBy placedBy) {
    var placed = Purchases.placed(Purchases.by(customer, merchant, "reference"));
    store
        .orders("node")
        .place(placed, HandOver.ANY_NODE, new Origin(placedBy, Optional.empty(), Optional.empty()));
    return placed.order().id();
  }

  private boolean finds(Viewer viewer, OrderId id) {
    boolean found = new FindOrder(store.queries()).find(id, viewer).isPresent();
    assertThat(new ReadHistory(store.queries()).read(id, viewer).isPresent()).isEqualTo(found);
    return found;
  }

  private List<OrderId> list(Viewer viewer, Filter filter) {
    return new ListOrders(store.queries())
        .list(viewer, filter, Optional.empty(), 10).orders().stream()
            .map(stored -> stored.order().id())
            .toList();
  }

  @ParameterizedTest
  @MethodSource("restricted")
  void anotherOnesOrderIsNotFound(Viewer viewer) {
    assertThat(finds(viewer, own)).isTrue();
    assertThat(finds(viewer, foreign)).isFalse();
    assertThat(finds(new Viewer.Unrestricted(), foreign)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("restricted")
  void anotherOnesOrderIsNotListedWhateverIsAskedFor(Viewer viewer) {
    assertThat(list(viewer, Filter.NONE)).containsExactly(own);
    assertThat(list(viewer, Filter.NONE.withCustomer(new CustomerId("bob")))).isEmpty();
    assertThat(list(viewer, Filter.NONE.withMerchant(new MerchantId("florist")))).isEmpty();
    assertThat(list(viewer, Filter.NONE.withPlacedBy(APP))).isEmpty();
    assertThat(list(new Viewer.Unrestricted(), Filter.NONE))
        .containsExactlyInAnyOrder(own, foreign);
  }
}
