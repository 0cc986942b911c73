package orders.http;

import java.io.Serial;
import java.util.List;

/// Ends the handling of a request with a problem. Carries no stack trace: what is wrong is with the
/// request, and nobody logs it.
final class RefusedRequest extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedRequest(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  RefusedRequest(ProblemType type, String detail, List<Problem.Violation> errors) {
    super(detail, null, false, false);
    this.problem = Problem.of(type, detail, errors);
  }

  Problem problem() {
    return problem;
  }
}
