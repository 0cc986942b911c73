package orders.domain;

/// The storefront's own number for an order; need not be unique.
public record Reference(String value) {
  public Reference {
    Text.required("reference", value);
  }
}
