package orders.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import orders.simulator.Asked.Money;
import org.jspecify.annotations.Nullable;

/// Makes a call of a request, and refuses what the protocol does not know.
final class CallReader {
  private static final Pattern ROUND = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern ORDER = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private final Optional<Signatures> signatures;

  /// @param signatures absent to believe anybody
  CallReader(Optional<Signatures> signatures) {
    this.signatures = signatures;
  }

  /// @throws BadRequest if the request is no call
  Asked read(HttpExchange request, Step step, String orderId, String round, byte[] body)
      throws BadRequest {
    String method = request.getRequestMethod();
    verify(request, method, body);
    if (!method.equals("PUT") && !method.equals("DELETE")) {
      throw new BadRequest(405, "only PUT and DELETE are known here");
    }
    if (!ORDER.matcher(orderId).matches() || !ROUND.matcher(round).matches()) {
      throw new BadRequest("the path must end in an order id and a round");
    }
    int number = Integer.parseInt(round);
    String traceparent = request.getRequestHeaders().getFirst("traceparent");
    Asked asked =
        method.equals("PUT")
            ? put(step, orderId, number, body, traceparent)
            : new Asked(method, step, orderId, number, null, null, traceparent);
    if (!asked.key().equals(header(request, "Idempotency-Key"))) {
      throw new BadRequest("Idempotency-Key must be " + asked.key());
    }
    return asked;
  }

  private void verify(HttpExchange request, String method, byte[] body) throws BadRequest {
    String header = header(request, "Orders-Signature");
    String path = request.getRequestURI().toString();
    if (signatures.isPresent() && !signatures.get().isRight(header, method, path, body)) {
      throw new BadRequest(401, "Orders-Signature is missing, wrong or too old");
    }
  }

  private static Asked put(
      Step step, String orderId, int round, byte[] body, @Nullable String traceparent)
      throws BadRequest {
    CallBody said = Json.read(Json.readObject(body), CallBody.class);
    boolean agrees =
        said.orderId().equals(orderId) && said.step().equals(step.word()) && said.round() == round;
    if (!agrees) {
      throw new BadRequest("order_id, step and round must be those of the path");
    }
    return new Asked(
        "PUT",
        step,
        orderId,
        round,
        said.attempt(),
        new Money(said.currency(), said.total()),
        traceparent);
  }

  private static String header(HttpExchange request, String name) {
    return Objects.requireNonNullElse(request.getRequestHeaders().getFirst(name), "");
  }
}
