package orders.http.access;

/// What somebody is to the system.
public enum Role {
  /// Places orders for any customer; sees, follows and cancels the orders it placed.
  STOREFRONT,
  /// The same for itself.
  CUSTOMER,
  /// Sees and follows the orders that it is to fulfil.
  MERCHANT,
  /// May everything.
  OPERATOR
}
