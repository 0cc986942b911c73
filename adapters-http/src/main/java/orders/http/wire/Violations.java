package orders.http.wire;

import java.util.ArrayList;
import java.util.List;
import orders.http.wire.Problem.Violation;

/// Collects what is wrong with a body, up to a number that a person would read.
final class Violations {
  private static final int MAX_NAMED = 100;

  private final List<Violation> named = new ArrayList<>();
  private int count;

  void add(String pointer, String detail) {
    count++;
    if (named.size() < MAX_NAMED) {
      named.add(Violation.at(pointer, detail));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  RefusedRequest asRefusal(ProblemType type) {
    String more = count > named.size() ? ", of which the first " + named.size() + " are named" : "";
    String detail =
        count == 1 ? "There is 1 violation." : "There are " + count + " violations" + more + ".";
    return new RefusedRequest(type, detail, List.copyOf(named));
  }
}
