package orders.http.wire;

import java.io.Serial;
import java.util.List;

/// Ends the handling of a request with a problem. Carries no stack trace: what is wrong is with the
/// request, and nobody logs it.
public final class RefusedRequest extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RefusedRequest(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  public RefusedRequest(ProblemType type, String detail, List<Problem.Violation> errors) {
    super(detail, null, false, false);
    this.problem = Problem.of(type, detail, errors);
  }

  public Problem problem() {
    return problem;
  }
}
