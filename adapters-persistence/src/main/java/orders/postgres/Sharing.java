package orders.postgres;

/// How calls share commits.
///
/// @param writers how many commits of one kind may be under way at once
/// @param enough how many calls must wait before a commit begins beside another one
/// @param most how many calls share one
public record Sharing(int writers, int enough, int most) {
  /// Measured on two cores: a second commit begins only when it is well filled, since each costs
  /// the database about as much as the orders in it.
  public static final Sharing USUAL = new Sharing(2, 64, 512);

  public Sharing {
    if (writers < 1 || enough < 1 || most < 1) {
      throw new IllegalArgumentException("there must be at least one of each");
    }
  }
}
