package orders.domain;

/// Who fulfils an order: a restaurant, a warehouse.
public record MerchantId(String value) {
  /// The merchant of a storefront that has only one.
  public static final MerchantId MAIN = new MerchantId("main");

  public MerchantId {
    Text.required("merchant_id", value);
  }
}
