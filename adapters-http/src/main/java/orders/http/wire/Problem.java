package orders.http.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong with a request, as RFC 9457 has it.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type, String title, int status, @Nullable String detail, List<Violation> errors) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  public static Problem of(ProblemType type, String detail, List<Violation> errors) {
    return new Problem(type.uri(), type.title(), type.status(), detail, errors);
  }

  /// For a status that comes without an explanation.
  public static Problem ofStatus(int status) {
    ProblemType type = ProblemType.ofStatus(status);
    return new Problem(type.uri(), type.title(), status, null, List.of());
  }

  /// One thing that is wrong, and where: a JSON pointer into the body, or the name of a query
  /// parameter.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Violation(@Nullable String pointer, @Nullable String parameter, String detail) {
    public static Violation at(String pointer, String detail) {
      return new Violation(pointer, null, detail);
    }

    static Violation of(String parameter, String detail) {
      return new Violation(null, parameter, detail);
    }
  }
}
