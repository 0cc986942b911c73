package orders.domain;

/// Who ordered: opaque text of the storefront.
public record CustomerId(String value) {
  public CustomerId {
    Text.required("customer_id", value);
  }
}
