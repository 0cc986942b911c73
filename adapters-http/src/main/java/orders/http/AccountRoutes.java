package orders.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orders.application.port.Account;
import orders.application.port.EmailAddress;
import orders.application.port.Role;
import orders.application.usecase.CreateAccount;
import orders.application.usecase.LogIn;
import orders.domain.MerchantId;
import orders.http.access.Access;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.TokenIssuer;
import orders.http.wire.AccountBody;
import orders.http.wire.AccountView;
import orders.http.wire.CredentialsBody;
import orders.http.wire.Problem;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import orders.http.wire.RequestBody;
import orders.http.wire.Responses;
import orders.http.wire.TokenView;

/// The routes below `/auth`. Of them, a server without own accounts has only the one that tells
/// people who they are.
final class AccountRoutes {
  static final String PATH = "/auth";

  private final Optional<OwnAccounts> accounts;
  private final Function<Context, String> clientAddress;

  /// @param clientAddress where a request comes from
  AccountRoutes(Optional<OwnAccounts> accounts, Function<Context, String> clientAddress) {
    this.accounts = accounts;
    this.clientAddress = clientAddress;
  }

  void addTo(Routes routes) {
    routes.get(PATH + "/me", Access.everyRole(), Usage.FREE, this::me);
    accounts.ifPresent(own -> {
      routes.post(
          PATH + "/register",
          Access.everybody(),
          Usage.LOGIN,
          (context, _) -> register(context, own));
      routes.post(
          PATH + "/login", Access.everybody(), Usage.LOGIN, (context, _) -> logIn(context, own));
      routes.post(
          PATH + "/accounts",
          Access.only(Role.OPERATOR),
          Usage.LOGIN,
          (context, _) -> create(context, own));
    });
  }

  private void me(Context context, Principal principal) {
    Optional<Account> account =
        accounts.flatMap(own -> own.findAccount().find(principal.subject()));
    context.header("Cache-Control", "no-store");
    Responses.json(
        context,
        200,
        new AccountView(
            principal.subject(),
            account.map(Account::email).map(EmailAddress::value).orElse(null),
            principal.role().word(),
            principal.merchant().map(MerchantId::value).orElse(null)));
  }

  private static void register(Context context, OwnAccounts own) {
    CredentialsBody credentials = CredentialsBody.parseNew(RequestBody.json(context));
    own.registerAccount().register(credentials.email(), credentials.password());
    Responses.json(context, 202, Map.of("status", "accepted"));
  }

  private void logIn(Context context, OwnAccounts own) {
    CredentialsBody credentials = CredentialsBody.parse(RequestBody.json(context));
    String address = clientAddress.apply(context);
    switch (own.logIn().logIn(credentials.email(), credentials.password(), address)) {
      case LogIn.Outcome.LoggedIn(Account account) -> {
        context.header("Cache-Control", "no-store");
        String token = own.tokens().issue(account);
        Responses.json(
            context, 200, new TokenView(token, "Bearer", TokenIssuer.LIFETIME.toSeconds()));
      }
      case LogIn.Outcome.Refused _ -> {
        context.header("WWW-Authenticate", BearerAuthentication.CHALLENGE);
        throw new RefusedRequest(
            ProblemType.UNAUTHORIZED, "There is no account with this address and password.");
      }
      case LogIn.Outcome.Paused(Duration left) -> {
        context.header("Retry-After", String.valueOf(left.plusMillis(999).toSeconds()));
        throw new RefusedRequest(
            ProblemType.TOO_MANY_REQUESTS,
            "There were too many wrong passwords. This one was not looked at.");
      }
    }
  }

  private static void create(Context context, OwnAccounts own) {
    switch (own.createAccount().create(AccountBody.parse(RequestBody.json(context)))) {
      case CreateAccount.Outcome.Created(Account account) ->
          Responses.json(context, 201, AccountView.of(account));
      case CreateAccount.Outcome.EmailTaken _ ->
          throw new RefusedRequest(
              ProblemType.CONFLICT,
              "There is an account with this address.",
              List.of(Problem.Violation.at("/email", "must not be taken")));
    }
  }
}
