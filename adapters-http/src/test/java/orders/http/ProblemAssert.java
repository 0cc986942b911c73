package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import orders.http.TestServer.Answer;

/// What every refusal has in common.
final class ProblemAssert {
  private ProblemAssert() {}

  static void isProblem(Answer answer, int status) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.json().get("title").asText()).isNotBlank();
    assertThat(answer.json().get("type").asText()).startsWith("/problems/");
    assertThat(answer.text()).doesNotContain("Exception", "java.", "jackson", "orders.", "\\tat ");
    assertThat(answer.text().length()).isLessThan(20_000);
    assertThat(answer.header("Server")).isEmpty();
  }
}
