package orders.postgres;

import java.sql.SQLException;
import java.util.List;

/// Tells statements that failed only because somebody else was at the same thing from others.
final class Collision {
  /// SQLSTATEs: a lock was not to be had in time, and two transactions waited for each other.
  private static final List<String> HELD = List.of("55P03", "40P01");

  /// SQLSTATE of a key that is there already.
  private static final String TAKEN = "23505";

  private Collision() {}

  /// Whether somebody was about to change a row, or to store a key, and may not do so.
  static boolean isHeld(RuntimeException e) {
    return HELD.contains(state(e));
  }

  /// Whether somebody stored a key.
  static boolean isTaken(RuntimeException e) {
    return TAKEN.equals(state(e));
  }

  /// Who got no connection has no state.
  private static String state(RuntimeException e) {
    return e.getCause() instanceof SQLException why ? String.valueOf(why.getSQLState()) : "";
  }
}
