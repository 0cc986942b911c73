package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import orders.application.port.Waiting;
import orders.domain.Reason;
import orders.domain.Step;

/// Reads what a live order waits for: the word that the function `waiting_of` gives for its work,
/// and what belongs to that.
///
/// The reason of the order's last event is in the row if that event is a failed attempt, or the
/// undo that was given up.
final class WaitingColumns {
  private WaitingColumns() {}

  /// @throws IllegalStateException if the row does not say what such an order waits for
  static Optional<Waiting> read(ResultSet row) throws SQLException {
    String word = row.getString("waiting");
    try {
      return word == null ? Optional.empty() : Optional.of(waiting(word, row));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalStateException(
          "the database does not say what order " + OrderRows.id(row) + " waits for", e);
    }
  }

  private static Waiting waiting(String word, ResultSet row) throws SQLException {
    return switch (word) {
      case "worker" -> new Waiting.ForWorker();
      case "answer" ->
          new Waiting.ForPartner(step(row), attempt(row), Optional.empty(), lastError(row));
      case "partner" ->
          new Waiting.ForPartner(step(row), attempt(row), Optional.of(due(row)), lastError(row));
      case "breaker" -> new Waiting.ForBreaker(step(row), attempt(row), due(row), lastError(row));
      case "operator" -> new Waiting.ForOperator(step(row), lastError(row).orElseThrow());
      default -> throw new IllegalArgumentException("nothing waits for " + word);
    };
  }

  private static Step step(ResultSet row) throws SQLException {
    return Words.parse(Step.class, row.getString("step"));
  }

  private static int attempt(ResultSet row) throws SQLException {
    return row.getInt("failed_attempts") + 1;
  }

  private static Instant due(ResultSet row) throws SQLException {
    return OrderRows.time(row, "due_at");
  }

  private static Optional<Reason> lastError(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("last_reason")).map(Reason::new);
  }
}
