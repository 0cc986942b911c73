package orders.domain;

/// What a line sells, in the storefront's words.
public record Sku(String value) {
  public Sku {
    Text.required("sku", value);
  }
}
