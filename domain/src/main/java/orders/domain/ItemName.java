package orders.domain;

/// What a line's goods are called on a receipt.
public record ItemName(String value) {
  public ItemName {
    Text.required("name", value);
  }
}
