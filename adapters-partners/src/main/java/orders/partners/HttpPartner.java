package orders.partners;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import orders.application.port.Partner;

/// A partner that is a service of its own, asked over HTTP as `docs/partners.md` describes.
///
/// Whatever goes wrong on the way is a retry: its reason is for people, in words of ours or the
/// partner's, and names no address.
public final class HttpPartner implements Partner {
  private static final byte[] NO_BODY = {};

  private final PartnerAddress address;
  private final Optional<SigningSecret> secret;
  private final InstantSource clock;
  private final PartnerConnection connection;

  /// @param secret if absent, requests are not signed
  /// @param timeout of a whole call, from connecting to the last byte of the answer
  public HttpPartner(
      PartnerAddress address,
      Optional<SigningSecret> secret,
      Duration timeout,
      InstantSource clock) {
    this.address = address;
    this.secret = secret;
    this.clock = clock;
    this.connection = new PartnerConnection(new AnswerReader(clock), timeout);
  }

  @Override
  public Result perform(Call call) {
    return switch (ask(call, "PUT", Json.write(CallBody.of(call)))) {
      case Answer.Done(var reference) -> new Result.Done(reference);
      case Answer.Declined(var reason) -> new Result.Declined(reason);
      case Answer.Wait(var delay) -> new Result.Wait(delay);
      case Answer.WentWrong(var reason, var trouble, var notBefore) ->
          new Result.Retry(reason, trouble, notBefore);
      case Answer.Undone _, Answer.Refused _ ->
          new Result.Retry(Answer.NOT_OF_THE_PROTOCOL, Trouble.FAULT);
    };
  }

  @Override
  public Undo undo(Call call) {
    return switch (ask(call, "DELETE", NO_BODY)) {
      case Answer.Undone _ -> new Undo.Undone();
      case Answer.Refused(var reason) -> new Undo.Refused(reason);
      case Answer.Wait(var delay) -> new Undo.Wait(delay);
      case Answer.WentWrong(var reason, var trouble, var notBefore) ->
          new Undo.Retry(reason, trouble, notBefore);
      case Answer.Done _, Answer.Declined _ ->
          new Undo.Retry(Answer.NOT_OF_THE_PROTOCOL, Trouble.FAULT);
    };
  }

  private Answer ask(Call call, String method, byte[] body) {
    HttpRequest.Builder request =
        PartnerConnection.request(address.of(call), method, body)
            .header("Idempotency-Key", call.key())
            .header(TraceParent.HEADER, TraceParent.ofCall(call.trace()));
    if (body.length > 0) {
      request.header("Content-Type", "application/json");
    }
    secret.ifPresent(shared ->
        request.header(
            "Orders-Signature",
            shared.sign(clock.instant(), method, address.of(call).getRawPath(), body)));
    return connection.send(request.build());
  }
}
